/**
 * The row changes of the product's tables as they travel in the compacted {@code cdc.*} topics:
 * their versions, generations and heartbeats, and how each is read. Knows no job.
 */
package com.shareuptime.streams.cdc;
