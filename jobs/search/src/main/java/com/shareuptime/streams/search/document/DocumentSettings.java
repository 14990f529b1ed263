package com.shareuptime.streams.search.document;

import com.shareuptime.streams.search.SearchMode;
import java.io.Serializable;

/**
 * How documents are written.
 *
 * @param restoreSpread milliseconds over which touched documents are written after a restart
 * @param bootstrapSpread the same after a start without state
 * @param gatePatience milliseconds without anything of a replay after which it counts as over
 * @param retention milliseconds for which deleted documents are remembered
 * @param maxStateAge milliseconds that a state may be old
 * @param vectors whether documents have vectors
 * @param mode where rows come from
 */
public record DocumentSettings(
    CountPace countPace,
    long restoreSpread,
    long bootstrapSpread,
    long gatePatience,
    long retention,
    long maxStateAge,
    boolean vectors,
    SearchMode mode)
    implements Serializable {}
