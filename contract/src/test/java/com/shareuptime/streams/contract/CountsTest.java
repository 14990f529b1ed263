package com.shareuptime.streams.contract;

import static com.shareuptime.streams.contract.CounterKind.COMMENTS;
import static com.shareuptime.streams.contract.CounterKind.LIKES;
import static com.shareuptime.streams.contract.CounterKind.SHARES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountsTest {
  private static final Counts COUNTS = Counts.of(5, 2, 0);

  @Test
  void eachCounterHasThePlaceOfItsOrdinal() {
    assertThat(CountedView.CANONICAL)
        .extracting(CountedView::kind)
        .containsExactly(LIKES, COMMENTS, SHARES);
    assertThat(CounterKind.of(63).ordinal()).isEqualTo(63);
    assertThatThrownBy(() -> new CounterKind(64)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesAreThoseOfTheReadContract() {
    CountedView shares = CountedView.CANONICAL.get(2);
    assertThat(shares.column()).isEqualTo("shares_count");
    assertThat(shares.eventsTopic()).isEqualTo("shares-events");
    assertThat(shares.event()).isEqualTo("share");
    assertThat(shares.counts(Target.Type.REEL)).isFalse();
    assertThat(COUNTS.json(CountedView.CANONICAL))
        .isEqualTo("{\"likes\":5,\"comments\":2,\"shares\":0}");
    assertThat(COUNTS).hasToString("5 likes, 2 comments, 0 shares");
    assertThat(Counts.of(0, 0, 0, 4).text(Products.WITH_VOTES_OF_USERS.counters()))
        .isEqualTo("0 likes, 0 comments, 0 shares, 4 votes");
  }

  /** Two that say the same are the same, however many counters their writers had. */
  @Test
  void whatIsNotToldIsZero() {
    assertThat(Counts.of(5, 2)).isEqualTo(COUNTS).hasSameHashCodeAs(COUNTS);
    assertThat(Counts.of(5, 2, 0, 0, 0, 0)).isEqualTo(COUNTS).hasSameHashCodeAs(COUNTS);
    assertThat(Counts.of(CountedView.CANONICAL, counter -> 0))
        .isEqualTo(Counts.ZERO)
        .matches(Counts::isZero);
    assertThat(Counts.of(5).plus(COMMENTS, 2)).isEqualTo(COUNTS);
    assertThat(COUNTS.of(CounterKind.of(40))).isZero();
    assertThat(COUNTS.plus(CounterKind.of(40), 1).of(CounterKind.of(40))).isEqualTo(1);
  }

  @Test
  void countsAreComparedOneByOne() {
    assertThat(COUNTS.reaches(Counts.of(5, 2))).isTrue();
    assertThat(COUNTS.reaches(Counts.of(1, 3))).isFalse();
    assertThat(Counts.of(1, -1).isNegative()).isTrue();
    assertThat(COUNTS.liesWithin(List.of(Counts.of(1, 9), Counts.of(8, 1)))).isTrue();
    assertThat(COUNTS.liesWithin(List.of(Counts.of(6, 2), Counts.of(8, 2)))).isFalse();
    assertThat(COUNTS.reaches(Counts.of(5, 2, 0, 1))).isFalse();
    assertThat(COUNTS.liesWithin(List.of(Counts.of(5, 2, 0, 1)))).isFalse();
  }
}
