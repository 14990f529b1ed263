package com.shareuptime.streams.client;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Redis holds for a user below a cursor: the feed and the timelines of those pulled.
 *
 * @param slices the feed first; none unless the answer is complete
 */
record StoredFeed(Completeness completeness, List<Slice> slices) {
  /** A post that may have to be shown. */
  record Candidate(Cursor position, Origin origin) {}

  static StoredFeed none(Completeness.State state) {
    return new StoredFeed(Completeness.none(state), List.of());
  }

  /** Above it nothing is missing in {@link #candidates}. */
  long floor() {
    return slices.stream().mapToLong(Slice::floor).max().orElseThrow();
  }

  /** Whether a read of more would find nothing more. */
  boolean isExhausted() {
    return floor() == completeness.bound().orElseThrow();
  }

  /** All above the floor, each once, newest first. */
  List<Candidate> candidates() {
    long floor = floor();
    Map<Long, Candidate> merged = new LinkedHashMap<>();
    for (Slice slice : slices) {
      for (Cursor entry : slice.entries()) {
        if (entry.createdAt() > floor) {
          merged.putIfAbsent(entry.postId(), new Candidate(entry, slice.origin()));
        }
      }
    }
    return merged.values().stream().sorted(Comparator.comparing(Candidate::position)).toList();
  }
}
