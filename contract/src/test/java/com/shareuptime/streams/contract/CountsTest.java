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
  void eachCounterHasItsPlaceInTheList() {
    assertThat(CounterKind.ALL).startsWith(LIKES, COMMENTS, SHARES);
    for (int i = 0; i < CounterKind.COUNT; i++) {
      assertThat(CounterKind.ALL.get(i).ordinal()).isEqualTo(i);
    }
    assertThat(CounterKind.ofTable("comments")).contains(COMMENTS);
    assertThat(CounterKind.ofTable("users")).isEmpty();
  }

  @Test
  void namesAreThoseOfTheReadContract() {
    assertThat(LIKES.column()).isEqualTo("likes_count");
    assertThat(COMMENTS.eventsTopic()).isEqualTo("comments-events");
    assertThat(SHARES.event()).isEqualTo("share");
    assertThat(SHARES.counts(Target.Type.REEL)).isFalse();
    assertThat(COUNTS.json()).startsWith("{\"likes\":5,\"comments\":2,\"shares\":0");
    assertThat(COUNTS).asString().startsWith("5 likes, 2 comments, 0 shares");
  }

  @Test
  void whatIsNotToldIsZeroAndWhatIsNotKnownIsRefused() {
    assertThat(Counts.of(5, 2)).isEqualTo(COUNTS).hasSameHashCodeAs(COUNTS);
    assertThat(Counts.of(kind -> 0)).isEqualTo(Counts.ZERO).matches(Counts::isZero);
    assertThat(Counts.of(5).plus(COMMENTS, 2)).isEqualTo(COUNTS);
    assertThatThrownBy(() -> Counts.of(new long[CounterKind.COUNT + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsAreComparedOneByOne() {
    assertThat(COUNTS.reaches(Counts.of(5, 2))).isTrue();
    assertThat(COUNTS.reaches(Counts.of(1, 3))).isFalse();
    assertThat(Counts.of(1, -1).isNegative()).isTrue();
    assertThat(COUNTS.liesWithin(List.of(Counts.of(1, 9), Counts.of(8, 1)))).isTrue();
    assertThat(COUNTS.liesWithin(List.of(Counts.of(6, 2), Counts.of(8, 2)))).isFalse();
  }
}
