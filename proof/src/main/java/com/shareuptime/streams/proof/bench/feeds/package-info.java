/** Posts from Kafka to the feeds in Redis, and pages from there to their reader. */
package com.shareuptime.streams.proof.bench.feeds;
