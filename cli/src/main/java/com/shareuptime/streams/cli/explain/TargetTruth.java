package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.contract.Counts;
import java.util.Map;

/**
 * What the product's tables say of a post or reel, of one moment.
 *
 * @param exists whether it has a row, be it a soft-deleted one
 * @param rows that make the counts
 * @param document by field, as searches must find it; empty if they must not
 * @param about in words, for people
 */
record TargetTruth(boolean exists, RowCounts rows, Map<String, String> document, String about) {
  /** Those of what has no row are 0, whatever rows still name it. */
  Counts counts() {
    return exists ? rows.counts() : Counts.ZERO;
  }
}
