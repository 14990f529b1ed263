package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One surface against the truth.
 *
 * @param compared targets that exist, ever existed as far as known, or are in the surface
 */
public record SurfaceComparison(String surface, long compared, List<Mismatch> mismatches) {

  public enum Kind {
    /** Counts that differ. */
    WRONG,
    /** Rows exist, but the surface has nothing. */
    MISSING,
    /** The surface has counts of a target that is not there. */
    EXTRA
  }

  public record Mismatch(Kind kind, Target target, Counts truth, Served served) {
    @Override
    public String toString() {
      return "%s %s: truth %s; served %s"
          .formatted(target, kind.name().toLowerCase(java.util.Locale.ROOT), truth, served);
    }
  }

  /**
   * @param deleted targets known to have been hard-deleted: they may have no live entry, not even
   *     one of zeros; of others that are not there, zeros are as good as none
   */
  public static SurfaceComparison of(
      String surface, Truth truth, Set<Target> deleted, Map<Target, Served> served) {
    Set<Target> all = new HashSet<>(truth.existing().keySet());
    all.addAll(truth.gone());
    all.addAll(deleted);
    all.addAll(served.keySet());
    Set<Target> mustBeGone = new HashSet<>(deleted);
    mustBeGone.addAll(truth.gone());
    List<Mismatch> mismatches = new ArrayList<>();
    for (Target target : all) {
      Counts expected = truth.existing().get(target);
      Served actual = served.get(target);
      Kind kind =
          expected != null
              ? ofExisting(expected, actual)
              : ofAbsent(actual, mustBeGone.contains(target));
      if (kind != null) {
        mismatches.add(
            new Mismatch(kind, target, expected == null ? Counts.ZERO : expected, actual));
      }
    }
    mismatches.sort((a, b) -> a.target().compareTo(b.target()));
    return new SurfaceComparison(surface, all.size(), List.copyOf(mismatches));
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

  public long count(Kind kind) {
    return mismatches.stream().filter(mismatch -> mismatch.kind() == kind).count();
  }

  public boolean isRight() {
    return mismatches.isEmpty();
  }
}
