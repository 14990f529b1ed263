package com.shareuptime.streams.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.proof.check.Differences.Kind;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedOrderTest {
  private static final Entry A = entry(9, 300);
  private static final Entry B = entry(10, 200);
  private static final Entry C = entry(8, 200);
  private static final Entry D = entry(1, 100);

  private static final Id USER = Id.of(7);

  private final Differences differences = new Differences();

  @Test
  void theSameEntriesInTheSameOrderAreRight() {
    FeedOrder.compare(USER, List.of(A, B, C), List.of(A, B, C), 3, differences);

    assertThat(differences.isNone()).isTrue();
    assertThat(differences.compared()).isEqualTo(3);
  }

  @Test
  void entriesOfOneMomentAreOrderedByTheirIds() {
    FeedOrder.compare(USER, List.of(A, B, C), List.of(A, C, B), 3, differences);

    assertThat(differences.count(Kind.OUT_OF_ORDER)).isEqualTo(1);
    assertThat(differences.count()).isEqualTo(1);
  }

  @Test
  void whatMovesUpInPlaceOfAMissingEntryIsNoSecondMistake() {
    FeedOrder.compare(USER, List.of(A, B, C), List.of(A, C, D), 3, differences);

    assertThat(differences.count(Kind.MISSING)).isEqualTo(1);
    assertThat(differences.count(Kind.EXTRA)).isZero();
  }

  @Test
  void whatMustNotBeSeenIsExtra() {
    FeedOrder.compare(USER, List.of(A, C), List.of(A, B, C), 3, differences);
    FeedOrder.compare(USER, List.of(A, B, D), List.of(A, B, C), 3, differences);

    assertThat(differences.count(Kind.EXTRA)).isEqualTo(2);
    assertThat(differences.count(Kind.MISSING)).as("D, which C has pushed out").isEqualTo(1);
  }

  @Test
  void anEntryThatIsServedTwiceIsExtraAndOutOfOrder() {
    FeedOrder.compare(USER, List.of(A, B), List.of(A, B, B), 3, differences);

    assertThat(differences.count(Kind.EXTRA)).isEqualTo(1);
    assertThat(differences.count(Kind.OUT_OF_ORDER)).isEqualTo(1);
  }

  @Test
  void anotherPositionIsWrong() {
    FeedOrder.compare(USER, List.of(A, B), List.of(A, entry(10, 199)), 3, differences);

    assertThat(differences.count(Kind.WRONG)).isEqualTo(1);
    assertThat(differences.examples()).hasSize(1);
  }

  private static Entry entry(long post, long createdAt) {
    return new Entry(Id.of(post), createdAt);
  }
}
