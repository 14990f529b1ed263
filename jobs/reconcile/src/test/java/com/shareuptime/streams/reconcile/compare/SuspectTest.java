package com.shareuptime.streams.reconcile.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import com.shareuptime.streams.reconcile.plan.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One row and its copy, over random histories: the tables change, the surface follows late, shows
 * announcements that no row follows and takes them back, and promises its progress.
 */
class SuspectTest {
  private static final long GRACE = 30;
  private static final long PATIENCE = 2_000;
  private static final int HISTORIES = 4_000;

  private record Shown(long version, long value) implements Copy<Long> {
    @Override
    public Optional<Difference> differenceFrom(Long truth) {
      return truth == value
          ? Optional.empty()
          : Optional.of(new Difference(Difference.Kind.WRONG, truth.toString(), "" + value));
    }

    @Override
    public boolean liesWithin(Collection<Long> states) {
      LongSummaryStatistics all = states.stream().mapToLong(Long::longValue).summaryStatistics();
      return value >= all.getMin() && value <= all.getMax();
    }
  }

  /** A right surface is never said to be wrong, whatever the traffic. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void lagIsNoDrift(long seed) {
    int suspected = 0;
    for (int i = 0; i < HISTORIES; i++) {
      World world = new World(new Random(seed * HISTORIES + i), 0);
      suspected += world.suspect().isPresent() ? 1 : 0;
      assertThat(world.verdict()).as("history %d of seed %d", i, seed).isNotEqualTo(Verdict.WRONG);
    }
    assertThat(suspected).as("histories in which there was anything to judge").isPositive();
  }

  /** A wrong row is proven wrong once it rests, and never said to be right. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void driftIsProvenOnceTheRowRests(long seed) {
    for (int i = 0; i < HISTORIES; i++) {
      World world = new World(new Random(seed * HISTORIES + i), 1_000_000);
      assertThat(world.suspect()).isPresent();
      assertThat(world.verdict()).as("history %d of seed %d", i, seed).isEqualTo(Verdict.WRONG);
    }
  }

  /** Time is counted in steps, and each step is a position, too. */
  private static final class World {
    private final Random random;
    private final long drift;
    private final int restsAt;
    private final List<Long> truths = new ArrayList<>(List.of(5L));
    private final List<Long> phantoms = new ArrayList<>();
    private long now;
    private long applied;
    private Moment progress = new Moment(0, 0);
    private Shown shown;
    private long version;

    World(Random random, long drift) {
      this.random = random;
      this.drift = drift;
      this.restsAt = 20 + random.nextInt(200);
      write();
    }

    /** Looks until something is said, as {@link Comparison} does. */
    Verdict verdict() {
      Optional<Suspect<Long>> suspect = suspect();
      if (suspect.isEmpty()) {
        return Verdict.RIGHT;
      }
      while (true) {
        steps();
        Moment promised = progress;
        steps();
        Shown copy = shown;
        steps();
        Verdict verdict = suspect.get().look(promised, copy, truth(), new Moment(now, now));
        if (verdict != Verdict.OPEN) {
          return verdict;
        }
      }
    }

    Optional<Suspect<Long>> suspect() {
      steps();
      Shown copy = shown;
      steps();
      if (copy.differenceFrom(truth()).isEmpty()) {
        return Optional.empty();
      }
      IdBucket bucket = new IdBucket(Scope.POST_COUNTERS, IdKind.NUMBER, Id.of(1), Id.of(1));
      Moment moment = new Moment(now, now);
      OpenBucket open = new OpenBucket(bucket, Surface.COUNTERS_REDIS, moment, 1, 0);
      return Optional.of(new Suspect<>(open, Id.of(1), copy, truth(), moment, GRACE, 0, PATIENCE));
    }

    private void steps() {
      for (int i = random.nextInt(4); i >= 0; i--) {
        step();
      }
    }

    private void step() {
      now++;
      boolean changes = now < restsAt && random.nextInt(3) == 0;
      truths.add(truth() + (changes ? random.nextInt(3) - 1 : 0));
      if (now < restsAt && random.nextInt(10) == 0) {
        phantoms.add(now);
        write();
      }
      if (random.nextBoolean()) {
        applied = now - random.nextInt((int) Math.min(10, now - applied) + 1);
        boolean settles = phantoms.removeIf(at -> at + GRACE <= applied);
        if (settles || served() != shown.value) {
          write();
        }
        if (random.nextBoolean()) {
          progress = new Moment(applied, applied);
        }
      }
    }

    private void write() {
      shown = new Shown(++version, served());
    }

    private long served() {
      return truths.get((int) applied) + phantoms.size() + drift;
    }

    private long truth() {
      return truths.get(truths.size() - 1);
    }
  }
}
