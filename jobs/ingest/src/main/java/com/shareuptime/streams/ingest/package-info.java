/**
 * The job that reads the product's tables by one replication slot and keeps one compacted topic a
 * table. Here are its diagram and its options; reading lies in {@code slot}, what must hold before
 * it in {@code check}, writing in {@code topic}.
 */
package com.shareuptime.streams.ingest;
