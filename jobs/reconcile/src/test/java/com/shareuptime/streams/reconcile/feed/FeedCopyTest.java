package com.shareuptime.streams.reconcile.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.reconcile.compare.Difference;
import com.shareuptime.streams.reconcile.compare.Difference.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeedCopyTest {
  private static final long PULLED = 9;

  /** Posts 3, 2, 1 at 300, 200, 100; the second by an author who may be pulled. */
  private static final Entries TRUTH =
      new Entries(new long[] {3, 2, 1}, new long[] {300, 200, 100}, new long[] {7, PULLED, 7});

  @Test
  void allAboveTheMarkIsEnough() {
    assertThat(copy(100, Map.of(3L, 300L, 2L, 200L)).differenceFrom(TRUTH)).isEmpty();
  }

  @Test
  void aFeedMayHoldTooMuch() {
    assertThat(copy(0, Map.of(3L, 300L, 2L, 200L, 1L, 100L, 8L, 50L)).differenceFrom(TRUTH))
        .isEmpty();
  }

  @Test
  void whatIsPulledIsReadElsewhere() {
    assertThat(new FeedCopy(100, Set.of(PULLED), Map.of(3L, 300L)).differenceFrom(TRUTH)).isEmpty();
  }

  @Test
  void whatHasNoPlaceIsNotMissing() {
    FeedCopy copy = new FeedCopy(50, 300, Set.of(), Map.of(2L, 200L, 1L, 100L), Set.of());
    assertThat(copy.differenceFrom(TRUTH)).isEmpty();
  }

  @Test
  void aMissingPostIsMissing() {
    assertThat(copy(100, Map.of(2L, 200L)).differenceFrom(TRUTH))
        .map(Difference::kind)
        .hasValue(Kind.MISSING);
  }

  @Test
  void aPostAtAnotherPlaceIsWrong() {
    assertThat(copy(100, Map.of(3L, 150L, 2L, 200L)).differenceFrom(TRUTH))
        .map(Difference::kind)
        .hasValue(Kind.WRONG);
  }

  @Test
  void aPostThatIsThereTwiceIsRightIfOneOfThemIs() {
    FeedCopy twice = copy(100, new HashMap<>(Map.of(2L, 200L)));
    twice.add(3, 150);
    twice.add(3, 300);
    assertThat(twice.differenceFrom(TRUTH)).isEmpty();

    FeedCopy wrong = copy(100, new HashMap<>(Map.of(2L, 200L)));
    wrong.add(3, 150);
    wrong.add(3, 151);
    assertThat(wrong.differenceFrom(TRUTH)).map(Difference::kind).hasValue(Kind.WRONG);
  }

  @Test
  void noFeedPromisesNothing() {
    assertThat(FeedCopy.ABSENT.differenceFrom(TRUTH)).isEmpty();
  }

  @Test
  void whatWasWrongBeforeMustBeWrongAgain() {
    FeedCopy lacks3 = copy(0, Map.of(2L, 200L, 1L, 100L));
    FeedCopy lacks1 = copy(0, Map.of(3L, 300L, 2L, 200L));
    assertThat(lacks1.lastingFrom(lacks3, TRUTH, TRUTH)).isEmpty();
    assertThat(copy(0, Map.of(1L, 100L)).lastingFrom(lacks3, TRUTH, TRUTH))
        .hasValueSatisfying(lasting -> assertThat(lasting.found()).isEqualTo("3 not there"));
  }

  private static FeedCopy copy(long mark, Map<Long, Long> positions) {
    return new FeedCopy(mark, Set.of(), positions);
  }
}
