package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.proof.check.Differences.Kind;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what a user was served, in order, with the newest of the truth. */
final class FeedOrder {
  private FeedOrder() {}

  /**
   * @param limit of so many newest entries either side may consist
   * @param differences takes what is wrong
   */
  static void compare(
      Id user, List<Entry> truth, List<Entry> served, int limit, Differences differences) {
    differences.compared(truth.size());
    Map<Id, Entry> right = new HashMap<>();
    truth.forEach(entry -> right.put(entry.postId(), entry));
    Set<Id> seen = new HashSet<>();
    Entry before = FeedPages.TOP;
    for (Entry entry : served) {
      Entry expected = right.get(entry.postId());
      if (!seen.add(entry.postId())) {
        differences.add(Kind.EXTRA, "user %s: %s served twice".formatted(user, entry));
      } else if (expected == null) {
        // where one is missing, an older one takes its place on the page: that is no second mistake
        if (truth.size() < limit || !entry.isOlderThan(truth.get(truth.size() - 1))) {
          differences.add(Kind.EXTRA, "user %s: %s must not be there".formatted(user, entry));
        }
      } else if (!expected.equals(entry)) {
        differences.add(
            Kind.WRONG,
            "user %s: %s has another position than %s".formatted(user, entry, expected));
      }
      if (!entry.isOlderThan(before)) {
        differences.add(
            Kind.OUT_OF_ORDER, "user %s: %s comes after %s".formatted(user, entry, before));
      }
      before = entry;
    }
    for (Entry entry : truth) {
      if (!seen.contains(entry.postId())) {
        differences.add(
            Kind.MISSING,
            "user %s: %s is missing, of %d served".formatted(user, entry, served.size()));
      }
    }
  }
}
