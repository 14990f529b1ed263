package com.shareuptime.streams.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.proof.check.FeedPages.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedTallyTest {
  private static final Entry A = new Entry(9, 300);
  private static final Entry B = new Entry(10, 200);
  private static final Entry C = new Entry(8, 200);
  private static final Entry D = new Entry(1, 100);

  private final FeedTally tally = new FeedTally();

  @Test
  void theSameEntriesInTheSameOrderAreRight() {
    tally.compare(7, List.of(A, B, C), List.of(A, B, C), 3);

    assertThat(tally.isRight()).isTrue();
    assertThat(tally.compared()).isEqualTo(3);
  }

  @Test
  void entriesOfOneMomentAreOrderedByTheirIds() {
    tally.compare(7, List.of(A, B, C), List.of(A, C, B), 3);

    assertThat(tally.outOfOrder()).isEqualTo(1);
    assertThat(tally.missing() + tally.extra() + tally.wrong()).isZero();
  }

  @Test
  void whatMovesUpInPlaceOfAMissingEntryIsNoSecondMistake() {
    tally.compare(7, List.of(A, B, C), List.of(A, C, D), 3);

    assertThat(tally.missing()).isEqualTo(1);
    assertThat(tally.extra()).isZero();
  }

  @Test
  void whatMustNotBeSeenIsExtra() {
    tally.compare(7, List.of(A, C), List.of(A, B, C), 3);
    tally.compare(7, List.of(A, B, D), List.of(A, B, C), 3);

    assertThat(tally.extra()).isEqualTo(2);
    assertThat(tally.missing()).as("D, which C has pushed out").isEqualTo(1);
  }

  @Test
  void anEntryThatIsServedTwiceIsExtraAndOutOfOrder() {
    tally.compare(7, List.of(A, B), List.of(A, B, B), 3);

    assertThat(tally.extra()).isEqualTo(1);
    assertThat(tally.outOfOrder()).isEqualTo(1);
  }

  @Test
  void anotherPositionIsWrong() {
    tally.compare(7, List.of(A, B), List.of(A, new Entry(10, 199)), 3);

    assertThat(tally.wrong()).isEqualTo(1);
    assertThat(tally.examples()).hasSize(1);
  }
}
