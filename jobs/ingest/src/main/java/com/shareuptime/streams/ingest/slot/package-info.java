/**
 * Reading the database: a replication slot made before the snapshot, the snapshot in chunks, then
 * the slot's stream from its own position, unfiltered. Nothing here knows Kafka.
 */
package com.shareuptime.streams.ingest.slot;
