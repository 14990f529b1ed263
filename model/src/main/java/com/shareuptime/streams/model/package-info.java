/**
 * The model: what the product's tables mean to the jobs, from a file of {@code create view}
 * statements. {@link com.shareuptime.streams.model.Model} is the file, {@link
 * com.shareuptime.streams.model.BoundModel} the file with the types of a database. No Flink here.
 */
package com.shareuptime.streams.model;
