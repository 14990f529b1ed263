package com.shareuptime.streams.reconcile.document;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import java.util.List;
import java.util.Map;

/**
 * A document as searches should find it, or as they do.
 *
 * @param counters that documents of its type have
 * @param fields by path as {@code author.username}; times in epoch microseconds; without those that
 *     are null. {@code _id} is the name under which it is kept
 */
record Document(Map<String, String> fields, Counts counts, List<CountedView> counters) {
  /** The counts as findings tell them. */
  String countsJson() {
    return counts.json(counters);
  }
}
