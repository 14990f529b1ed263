package com.shareuptime.streams.reconcile.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.reconcile.compare.Difference;
import com.shareuptime.streams.reconcile.compare.Difference.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeedCopyTest {
  private static final Id PULLED = Id.of(9);

  /** Posts 3, 2, 1 at 300, 200, 100; the second by an author who may be pulled. */
  private static final Entries TRUTH =
      new Entries(
          Ids.of(Id.of(3), Id.of(2), Id.of(1)),
          new long[] {300, 200, 100},
          Ids.of(Id.of(7), PULLED, Id.of(7)));

  @Test
  void allAboveTheMarkIsEnough() {
    assertThat(copy(100, Map.of(Id.of(3), 300L, Id.of(2), 200L)).differenceFrom(TRUTH)).isEmpty();
  }

  @Test
  void aFeedMayHoldTooMuch() {
    assertThat(
            copy(0, Map.of(Id.of(3), 300L, Id.of(2), 200L, Id.of(1), 100L, Id.of(8), 50L))
                .differenceFrom(TRUTH))
        .isEmpty();
  }

  @Test
  void whatIsPulledIsReadElsewhere() {
    assertThat(new FeedCopy(100, Set.of(PULLED), Map.of(Id.of(3), 300L)).differenceFrom(TRUTH))
        .isEmpty();
  }

  @Test
  void whatHasNoPlaceIsNotMissing() {
    FeedCopy copy =
        new FeedCopy(50, 300, Set.of(), Map.of(Id.of(2), 200L, Id.of(1), 100L), Set.of());
    assertThat(copy.differenceFrom(TRUTH)).isEmpty();
  }

  @Test
  void aMissingPostIsMissing() {
    assertThat(copy(100, Map.of(Id.of(2), 200L)).differenceFrom(TRUTH))
        .map(Difference::kind)
        .hasValue(Kind.MISSING);
  }

  @Test
  void aPostAtAnotherPlaceIsWrong() {
    assertThat(copy(100, Map.of(Id.of(3), 150L, Id.of(2), 200L)).differenceFrom(TRUTH))
        .map(Difference::kind)
        .hasValue(Kind.WRONG);
  }

  @Test
  void aPostThatIsThereTwiceIsRightIfOneOfThemIs() {
    FeedCopy twice = copy(100, new HashMap<>(Map.of(Id.of(2), 200L)));
    twice.add(Id.of(3), 150);
    twice.add(Id.of(3), 300);
    assertThat(twice.differenceFrom(TRUTH)).isEmpty();

    FeedCopy wrong = copy(100, new HashMap<>(Map.of(Id.of(2), 200L)));
    wrong.add(Id.of(3), 150);
    wrong.add(Id.of(3), 151);
    assertThat(wrong.differenceFrom(TRUTH)).map(Difference::kind).hasValue(Kind.WRONG);
  }

  @Test
  void noFeedPromisesNothing() {
    assertThat(FeedCopy.ABSENT.differenceFrom(TRUTH)).isEmpty();
  }

  @Test
  void whatWasWrongBeforeMustBeWrongAgain() {
    FeedCopy lacks3 = copy(0, Map.of(Id.of(2), 200L, Id.of(1), 100L));
    FeedCopy lacks1 = copy(0, Map.of(Id.of(3), 300L, Id.of(2), 200L));
    assertThat(lacks1.lastingFrom(lacks3, TRUTH, TRUTH)).isEmpty();
    assertThat(copy(0, Map.of(Id.of(1), 100L)).lastingFrom(lacks3, TRUTH, TRUTH))
        .hasValueSatisfying(lasting -> assertThat(lasting.found()).isEqualTo("3 not there"));
  }

  private static FeedCopy copy(long mark, Map<Id, Long> positions) {
    return new FeedCopy(mark, Set.of(), positions);
  }
}
