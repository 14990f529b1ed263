/**
 * Applies the SQL that lies in the directories of this module: {@code migrations/}, {@code
 * rollback/} and {@code base-schema.sql}. Knows nothing of the jobs; the SQL files are the truth,
 * the code only runs them.
 */
package com.shareuptime.streams.sql;
