package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.check.Differences.Kind;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counters of one surface against the truth. Compared are targets that exist, ever existed as far
 * as known, or are in the surface.
 */
final class CounterComparison {
  private CounterComparison() {}

  /**
   * @param deleted targets known to have been hard-deleted: they may have no live entry, not even
   *     one of zeros; of others that are not there, zeros are as good as none
   */
  static Differences of(Truth truth, Set<Target> deleted, Map<Target, Served> served) {
    Set<Target> mustBeGone = new HashSet<>(deleted);
    mustBeGone.addAll(truth.gone());
    Set<Target> all = new TreeSet<>(truth.existing().keySet());
    all.addAll(mustBeGone);
    all.addAll(served.keySet());
    Differences differences = new Differences();
    differences.compared(all.size());
    for (Target target : all) {
      Counts expected = truth.existing().get(target);
      Served actual = served.get(target);
      Kind kind =
          expected != null
              ? ofExisting(expected, actual)
              : ofAbsent(actual, mustBeGone.contains(target));
      if (kind != null) {
        differences.add(
            kind,
            "%s %s: truth %s; served %s"
                .formatted(
                    target,
                    kind.name().toLowerCase(Locale.ROOT),
                    expected == null ? Counts.ZERO : expected,
                    actual));
      }
    }
    return differences;
  }

  private static Kind ofExisting(Counts expected, Served actual) {
    if (actual == null) {
      return expected.isZero() ? null : Kind.MISSING;
    }
    return actual.toReader().equals(expected) ? null : Kind.WRONG;
  }

  private static Kind ofAbsent(Served actual, boolean mustBeGone) {
    if (actual == null || actual.deleted()) {
      return null;
    }
    return mustBeGone || !actual.counts().isZero() ? Kind.EXTRA : null;
  }
}
