package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.proof.check.FeedPages.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with feeds, added up over users. Not thread-safe. */
final class FeedTally {
  private static final int EXAMPLES = 10;

  private long compared;
  private long wrong;
  private long missing;
  private long extra;
  private long outOfOrder;
  private final List<String> examples = new ArrayList<>();

  /**
   * Compares what a user was served, in order, with the newest of the truth.
   *
   * @param limit of so many newest entries either side may consist
   */
  void compare(long user, List<Entry> truth, List<Entry> served, int limit) {
    compared += truth.size();
    Map<Long, Entry> right = new HashMap<>();
    truth.forEach(entry -> right.put(entry.postId(), entry));
    Set<Long> seen = new HashSet<>();
    Entry before = FeedPages.TOP;
    for (Entry entry : served) {
      Entry expected = right.get(entry.postId());
      if (!seen.add(entry.postId())) {
        extra(user, entry, "served twice");
      } else if (expected == null) {
        // where one is missing, an older one takes its place on the page: that is no second mistake
        if (truth.size() < limit || !entry.isOlderThan(truth.get(truth.size() - 1))) {
          extra(user, entry, "must not be there");
        }
      } else if (!expected.equals(entry)) {
        wrong++;
        example(user, "%s has another position than %s".formatted(entry, expected));
      }
      if (!entry.isOlderThan(before)) {
        outOfOrder++;
        example(user, "%s comes after %s".formatted(entry, before));
      }
      before = entry;
    }
    for (Entry entry : truth) {
      if (!seen.contains(entry.postId())) {
        missing(user, entry, "of %d served".formatted(served.size()));
      }
    }
  }

  void compared(long entries) {
    compared += entries;
  }

  void missing(long user, Entry entry, String remark) {
    missing++;
    example(user, "%s is missing, %s".formatted(entry, remark));
  }

  private void extra(long user, Entry entry, String remark) {
    extra++;
    example(user, "%s %s".formatted(entry, remark));
  }

  private void example(long user, String what) {
    if (examples.size() < EXAMPLES) {
      examples.add("user %d: %s".formatted(user, what));
    }
  }

  void add(FeedTally other) {
    compared += other.compared;
    wrong += other.wrong;
    missing += other.missing;
    extra += other.extra;
    outOfOrder += other.outOfOrder;
    other.examples.stream().limit(EXAMPLES - examples.size()).forEach(examples::add);
  }

  boolean isRight() {
    return wrong + missing + extra + outOfOrder == 0;
  }

  long compared() {
    return compared;
  }

  long wrong() {
    return wrong;
  }

  long missing() {
    return missing;
  }

  long extra() {
    return extra;
  }

  long outOfOrder() {
    return outOfOrder;
  }

  List<String> examples() {
    return List.copyOf(examples);
  }
}
