package com.shareuptime.streams.client;

import com.shareuptime.streams.client.Completeness.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * What Redis holds for a user below a cursor: the feed and the timelines of those pulled.
 *
 * @param slices the feed first; none unless the answer is complete
 */
record StoredFeed(Completeness completeness, List<Slice> slices) {
  /** A post that may have to be shown. */
  record Candidate(Cursor position, Origin origin) {}

  static StoredFeed none(State state) {
    return new StoredFeed(Completeness.none(state), List.of());
  }

  /**
   * The answer of a feed that is there.
   *
   * @param timelines by author
   */
  static StoredFeed of(ZsetReply feed, SortedMap<Long, ZsetReply> timelines, Cursor below) {
    List<Long> pulled = List.copyOf(timelines.keySet());
    List<Long> missing =
        pulled.stream().filter(author -> !timelines.get(author).isThere()).toList();
    if (!missing.isEmpty()) {
      return new StoredFeed(
          new Completeness(State.NO_TIMELINE, OptionalLong.empty(), pulled, missing), List.of());
    }
    List<Slice> slices = new ArrayList<>();
    slices.add(feed.slice(Origin.PUSH, below));
    timelines.values().forEach(timeline -> slices.add(timeline.slice(Origin.PULL, below)));
    OptionalLong bound = slices.stream().mapToLong(Slice::mark).max();
    return new StoredFeed(new Completeness(State.COMPLETE, bound, pulled, missing), slices);
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
