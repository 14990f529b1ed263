package com.shareuptime.streams.reconcile.counter;

import com.shareuptime.streams.reconcile.compare.Copy;
import com.shareuptime.streams.reconcile.compare.Difference;
import com.shareuptime.streams.reconcile.compare.Difference.Kind;
import java.util.Collection;
import java.util.Optional;

/**
 * The counters of a target as a surface has them.
 *
 * @param counts null where it has none for readers, who then take them to be 0
 */
record CounterCopy(long version, TargetCounts counts) implements Copy<TargetCounts> {
  static final CounterCopy ABSENT = new CounterCopy(0, null);

  @Override
  public Optional<Difference> differenceFrom(TargetCounts truth) {
    if (truth == null) {
      return counts == null
          ? Optional.empty()
          : Optional.of(new Difference(Kind.EXTRA, "no row", counts.toString()));
    }
    if (counts == null) {
      return truth.equals(TargetCounts.ZERO)
          ? Optional.empty()
          : Optional.of(new Difference(Kind.MISSING, truth.toString(), "nothing"));
    }
    return counts.equals(truth)
        ? Optional.empty()
        : Optional.of(new Difference(Kind.WRONG, truth.toString(), counts.toString()));
  }

  @Override
  public boolean liesWithin(Collection<TargetCounts> states) {
    TargetCounts shown = counts == null ? TargetCounts.ZERO : counts;
    return shown.liesWithin(states);
  }
}
