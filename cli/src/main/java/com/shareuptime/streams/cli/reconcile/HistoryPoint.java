package com.shareuptime.streams.cli.reconcile;

/**
 * A surface in an earlier run.
 *
 * @param finishedAt epoch milliseconds
 * @param proven rows that were proven wrong
 * @param repaired rows that their owner was asked to put right
 */
record HistoryPoint(
    long run,
    String surface,
    long finishedAt,
    long proven,
    long repaired,
    long freshnessMillis,
    long sourceMillis) {}
