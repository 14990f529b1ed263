/**
 * Writes of versioned values to Redis, by compare-and-set scripts in pipelines. Knows keys, fields
 * and versions, not what they mean.
 */
package com.shareuptime.streams.sink.redis;
