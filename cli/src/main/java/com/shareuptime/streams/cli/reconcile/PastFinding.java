package com.shareuptime.streams.cli.reconcile;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A difference that some run has proven.
 *
 * @param foundAt epoch milliseconds
 * @param repair what its owner was asked for; null if nothing
 * @param resolvedAt when a later run found it gone, epoch milliseconds; null if none has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PastFinding(
    long run,
    String surface,
    String key,
    String kind,
    String expected,
    String found,
    long foundAt,
    String repair,
    Long resolvedAt) {}
