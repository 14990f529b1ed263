/**
 * App events, and rows where the mode has them, from Kafka to the counters in Redis and Postgres.
 */
package com.shareuptime.streams.proof.bench.counters;
