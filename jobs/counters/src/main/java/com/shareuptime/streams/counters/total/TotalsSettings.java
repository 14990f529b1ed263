package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.counters.CounterMode;
import java.io.Serializable;
import java.time.Duration;

/**
 * How totals are kept; times in milliseconds unless the name says seconds.
 *
 * @param graceSeconds how far apart in time an event and its row may lie
 * @param bootstrapSpread time over which targets are first written after a start without state
 * @param restoreSpread the same after a restart
 * @param gatePatience how long nothing of a replay comes before a restarted run takes it to be over
 * @param tombstoneRetention how long a hard-deleted target is remembered
 * @param maxStateAge how old a state may be that a run starts from
 */
public record TotalsSettings(
    CounterMode mode,
    long graceSeconds,
    long bootstrapSpread,
    long restoreSpread,
    long gatePatience,
    long tombstoneRetention,
    Duration maxStateAge)
    implements Serializable {}
