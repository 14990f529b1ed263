/**
 * Brings databases to what the pipeline needs: applies the SQL that lies in the directories of this
 * module ({@code migrations/}, {@code rollback/} and {@code base-schema.sql}), then makes what
 * depends on the model of the product's tables. Knows nothing of the jobs.
 */
package com.shareuptime.streams.sql;
