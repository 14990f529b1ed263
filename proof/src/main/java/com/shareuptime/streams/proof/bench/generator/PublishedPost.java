package com.shareuptime.streams.proof.bench.generator;

/**
 * A row of {@code posts}.
 *
 * @param createdMicros epoch microseconds, as the other
 */
public record PublishedPost(
    long id, long author, String content, long createdMicros, long updatedMicros) {}
