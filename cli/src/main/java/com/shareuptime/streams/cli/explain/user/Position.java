package com.shareuptime.streams.cli.explain.user;

/**
 * Where a post stands in feeds.
 *
 * @param micros its created_at, epoch microseconds
 */
record Position(long post, long micros) {}
