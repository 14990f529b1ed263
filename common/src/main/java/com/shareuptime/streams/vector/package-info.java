/**
 * Vectors of documents as they travel by Kafka: written by one job, read by it and by others. Knows
 * no model and no job.
 */
package com.shareuptime.streams.vector;
