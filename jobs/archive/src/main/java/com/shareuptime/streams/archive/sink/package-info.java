/**
 * Flink's connectors, with the addresses and secrets of this project. Both write a batch after a
 * second or 500 records and at each checkpoint, throw when their store refuses, and are begun anew
 * with the job.
 */
package com.shareuptime.streams.archive.sink;
