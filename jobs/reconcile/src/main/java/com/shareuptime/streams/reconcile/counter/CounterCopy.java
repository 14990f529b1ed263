package com.shareuptime.streams.reconcile.counter;

import com.shareuptime.streams.contract.Counts;
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
record CounterCopy(long version, Counts counts) implements Copy<Counts> {
  static final CounterCopy ABSENT = new CounterCopy(0, null);

  @Override
  public Optional<Difference> differenceFrom(Counts truth) {
    if (truth == null) {
      return counts == null
          ? Optional.empty()
          : Optional.of(new Difference(Kind.EXTRA, "no row", counts.json()));
    }
    if (counts == null) {
      return truth.isZero()
          ? Optional.empty()
          : Optional.of(new Difference(Kind.MISSING, truth.json(), "nothing"));
    }
    return counts.equals(truth)
        ? Optional.empty()
        : Optional.of(new Difference(Kind.WRONG, truth.json(), counts.json()));
  }

  @Override
  public boolean liesWithin(Collection<Counts> states) {
    Counts shown = counts == null ? Counts.ZERO : counts;
    return shown.liesWithin(states);
  }
}
