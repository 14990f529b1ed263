package com.shareuptime.streams.reconcile.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.reconcile.compare.Difference.Kind;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import com.shareuptime.streams.reconcile.plan.Scope;
import java.util.Collection;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows of a surface of which a part follows later than its progress promises the rest. */
class SuspectLagTest {
  private static final long SECOND = 1_000_000;
  private static final long SETTLES = 100 * SECOND;
  private static final long LAG = 60 * SECOND;
  private static final long PATIENCE = 120 * SECOND;

  /** A number that should be the tables'. */
  private record Number(long version, long value, boolean settlesLater) implements Copy<Long> {
    @Override
    public Optional<Difference> differenceFrom(Long truth) {
      return truth == value
          ? Optional.empty()
          : Optional.of(new Difference(Kind.WRONG, "" + truth, "" + value, settlesLater));
    }

    @Override
    public boolean liesWithin(Collection<Long> states) {
      return states.stream().anyMatch(state -> state <= value)
          && states.stream().anyMatch(state -> state >= value);
    }
  }

  @Test
  void whatIsRightAtOnceIsProvenWrongOnceTheSurfaceHasPassedTheTables() {
    Number copy = new Number(1, 4, false);
    Suspect<Long> suspect = suspect(copy, 5);
    assertThat(suspect.look(at(-1), copy, 5L, at(1))).isEqualTo(Verdict.OPEN);
    assertThat(suspect.look(at(1), copy, 5L, at(2))).isEqualTo(Verdict.WRONG);
  }

  @Test
  void whatSettlesLaterIsGivenThatTime() {
    Number copy = new Number(1, 4, true);
    Suspect<Long> suspect = suspect(copy, 5);
    assertThat(suspect.look(at(99), copy, 5L, at(99))).isEqualTo(Verdict.OPEN);
    assertThat(suspect.look(at(100), copy, 5L, at(100))).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aCopyThatIsWrittenNowAndThenMovesIfItIsNoOlderThanItsLag() {
    assertThat(lastVerdict(10, 50)).isEqualTo(Verdict.MOVING);
  }

  @Test
  void aCopyThatIsOlderThanItsLagIsNeverSaidToMove() {
    assertThat(lastVerdict(70, 50)).isEqualTo(Verdict.UNVERIFIED);
  }

  /**
   * Of a copy of tables that count seconds.
   *
   * @param behind seconds by which it is late when it is written
   * @param every so many seconds it is written
   */
  private static Verdict lastVerdict(int behind, int every) {
    Verdict verdict = Verdict.OPEN;
    Suspect<Long> suspect = suspect(new Number(0, -behind, true), 0);
    for (long second = 1; verdict == Verdict.OPEN; second++) {
      long write = second / every;
      Number copy = new Number(write, write * every - behind, true);
      verdict = suspect.look(at(second), copy, second, at(second));
    }
    return verdict;
  }

  private static Suspect<Long> suspect(Number copy, long truth) {
    IdBucket bucket = new IdBucket(Scope.POST_DOCUMENTS, IdKind.NUMBER, Id.of(0), Id.of(9));
    OpenBucket open = new OpenBucket(bucket, Surface.SEARCH_POSTS, at(0), 1, 0);
    return new Suspect<>(open, Id.of(1), copy, truth, at(0), SETTLES, LAG, PATIENCE);
  }

  private static Moment at(long second) {
    return new Moment(1_000 + second, second * SECOND);
  }
}
