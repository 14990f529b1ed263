package com.shareuptime.streams.client;

import com.shareuptime.streams.client.Completeness.State;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.Cursor;
import com.shareuptime.streams.contract.feed.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * What Redis holds for a user below a cursor: the feed and the timelines of those pulled.
 *
 * @param slices the feed first; none unless the answer is complete
 */
record StoredFeed(Completeness completeness, List<Slice> slices) {
  /**
   * A post that may have to be shown.
   *
   * @param position the newest that a zset gives it; its own is that, or an older one
   */
  record Candidate(Cursor position, Origin origin) {
    private Candidate newer(Candidate other) {
      return other.position.isOlderThan(position) ? this : other;
    }
  }

  static StoredFeed none(State state) {
    return new StoredFeed(Completeness.none(state), List.of());
  }

  /**
   * The answer of a feed that is there.
   *
   * @param timelines by author; empty of who has none
   */
  static StoredFeed of(Slice feed, SortedMap<Id, Optional<Slice>> timelines) {
    List<Id> pulled = List.copyOf(timelines.keySet());
    List<Id> missing = pulled.stream().filter(author -> timelines.get(author).isEmpty()).toList();
    if (!missing.isEmpty()) {
      return new StoredFeed(
          new Completeness(State.NO_TIMELINE, OptionalLong.empty(), pulled, missing), List.of());
    }
    List<Slice> slices = new ArrayList<>();
    slices.add(feed);
    timelines.values().forEach(timeline -> slices.add(timeline.orElseThrow()));
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

  /**
   * All above the floor, each once, newest first. Of a post that was dated anew a zset that is no
   * longer its author's source may hold an older position or a newer one: the newest of all is no
   * older than its own.
   */
  List<Candidate> candidates() {
    long floor = floor();
    Map<Id, Candidate> merged = new LinkedHashMap<>();
    for (int i = 0; i < slices.size(); i++) {
      Origin origin = i == 0 ? Origin.PUSH : Origin.PULL;
      for (Cursor entry : slices.get(i).entries()) {
        if (entry.createdAt() > floor) {
          merged.merge(entry.postId(), new Candidate(entry, origin), Candidate::newer);
        }
      }
    }
    return merged.values().stream().sorted(Comparator.comparing(Candidate::position)).toList();
  }
}
