package com.shareuptime.streams.reconcile.compare;

import com.shareuptime.streams.contract.Id;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A row that differed from the tables when both were looked at. What proves it wrong: its copy was
 * read, then the tables, and once the surface shows all that these had, the same is still wrong. It
 * can owe nothing to a commit that the tables did not show, as it is older than their reading; and
 * it lacks none, as the surface has passed that. Plain logic.
 *
 * @param <T> what the tables say of one row
 */
final class Suspect<T> {
  /** Looks in a row at which a copy that never rests lay within what the tables had. */
  private static final int LOOKS_WITHIN = 3;

  /** Readings of the tables that are kept at most. */
  private static final int SAMPLES = 60;

  /** Of them so many are of the time in which a copy may lag, if that is long. */
  private static final int SAMPLES_OF_LAG = 30;

  final OpenBucket bucket;
  final Id id;
  private final long settlesWithinMicros;
  private final long lagMicros;
  private final long giveUpMicros;
  private final Deque<Sample<T>> samples = new ArrayDeque<>();
  private Copy<T> copy;
  private T truth;
  private Moment moment;
  private Difference difference;
  private boolean hasChanged;
  private int looksWithin;

  private record Sample<T>(T truth, Moment moment) {}

  /**
   * @param copy as it was read before the tables
   * @param truth null where the tables have no such row
   * @param moment of the reading of the tables
   * @param settlesWithinMicros for which a difference that settles later may stand
   * @param lagMicros by which a copy may be older than the progress
   * @param patienceMicros beyond that, after which nothing will be proven any more
   */
  Suspect(
      OpenBucket bucket,
      Id id,
      Copy<T> copy,
      T truth,
      Moment moment,
      long settlesWithinMicros,
      long lagMicros,
      long patienceMicros) {
    this.bucket = bucket;
    this.id = id;
    this.settlesWithinMicros = settlesWithinMicros;
    this.lagMicros = lagMicros;
    this.giveUpMicros = moment.micros() + settlesWithinMicros + patienceMicros;
    seen(copy, truth, moment);
  }

  private void seen(Copy<T> copy, T truth, Moment moment) {
    this.copy = copy;
    this.truth = truth;
    this.moment = moment;
    difference = copy.differenceFrom(truth).orElseThrow();
  }

  /**
   * Looks again.
   *
   * @param progress of the surface, asked for before the copy was read
   * @param now the copy, read before the tables
   * @param truthNow what the tables say after that
   * @param momentNow of that reading
   */
  Verdict look(Moment progress, Copy<T> now, T truthNow, Moment momentNow) {
    if (now.differenceFrom(truthNow).isEmpty()) {
      return Verdict.RIGHT;
    }
    Optional<Difference> lasting = now.lastingFrom(copy, truth, truthNow);
    if (lasting.isEmpty()) {
      hasChanged = true;
      seen(now, truthNow, momentNow);
    } else if (moment.isPassedBy(progress, settles(lasting.get()))) {
      difference = lasting.get();
      return Verdict.WRONG;
    }
    looksWithin = hasChanged && isWithin(progress, now, truthNow) ? looksWithin + 1 : 0;
    if (looksWithin == LOOKS_WITHIN) {
      return Verdict.MOVING;
    }
    remember(truthNow, momentNow);
    return momentNow.micros() > giveUpMicros ? Verdict.UNVERIFIED : Verdict.OPEN;
  }

  private long settles(Difference lasting) {
    return lasting.settlesLater() ? settlesWithinMicros : 0;
  }

  /** A copy shows all up to the progress but its lag, and nothing after the present reading. */
  private boolean isWithin(Moment progress, Copy<T> now, T truthNow) {
    List<T> states = new ArrayList<>();
    states.add(truthNow);
    for (Sample<T> sample : samples) {
      states.add(sample.truth);
      if (sample.moment.isPassedBy(progress, lagMicros)) {
        return !states.contains(null) && now.liesWithin(states);
      }
    }
    return false;
  }

  /** Newest first. */
  private void remember(T truthNow, Moment momentNow) {
    Sample<T> newest = samples.peekFirst();
    if (newest != null
        && momentNow.micros() - newest.moment.micros() < lagMicros / SAMPLES_OF_LAG) {
      return;
    }
    // states that are equal are kept once: there may be many suspects
    boolean isSame = newest != null && Objects.equals(newest.truth, truthNow);
    samples.addFirst(new Sample<>(isSame ? newest.truth : truthNow, momentNow));
    if (samples.size() > SAMPLES) {
      samples.removeLast();
    }
  }

  Ledger.Finding finding(Verdict verdict) {
    String kind = verdict == Verdict.WRONG ? difference.kind().text() : "unverified";
    return new Ledger.Finding(
        bucket.surface, bucket.bucket.key(id), kind, difference, copy.version(), moment);
  }
}
