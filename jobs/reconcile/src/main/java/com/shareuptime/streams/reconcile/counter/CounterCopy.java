package com.shareuptime.streams.reconcile.counter;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.reconcile.compare.Copy;
import com.shareuptime.streams.reconcile.compare.Difference;
import com.shareuptime.streams.reconcile.compare.Difference.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The counters of a target as a surface has them.
 *
 * @param counters that targets of its type have
 * @param counts null where it has none for readers, who then take them to be 0
 */
record CounterCopy(long version, Counts counts, List<CountedView> counters)
    implements Copy<Counts> {
  /** Of a target that the surface has nothing of. */
  static CounterCopy absent(List<CountedView> counters) {
    return new CounterCopy(0, null, counters);
  }

  @Override
  public Optional<Difference> differenceFrom(Counts truth) {
    if (truth == null) {
      return counts == null
          ? Optional.empty()
          : Optional.of(new Difference(Kind.EXTRA, "no row", counts.json(counters)));
    }
    if (counts == null) {
      return truth.isZero()
          ? Optional.empty()
          : Optional.of(new Difference(Kind.MISSING, truth.json(counters), "nothing"));
    }
    return counts.equals(truth)
        ? Optional.empty()
        : Optional.of(new Difference(Kind.WRONG, truth.json(counters), counts.json(counters)));
  }

  @Override
  public boolean liesWithin(Collection<Counts> states) {
    Counts shown = counts == null ? Counts.ZERO : counts;
    return shown.liesWithin(states);
  }
}
