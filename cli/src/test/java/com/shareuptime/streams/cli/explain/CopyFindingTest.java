package com.shareuptime.streams.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.explain.CopyFinding.Verdict;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CopyFindingTest {
  private static final Map<String, String> SHOWN = Map.of("content", "hello");
  private static final TargetTruth TRUTH =
      new TargetTruth(
          true,
          new RowCounts(Counts.of(3, 2, 1), Counts.of(0, 1), CountedView.CANONICAL),
          SHOWN,
          "");

  private static ServedCopy counters(long likes) {
    return new ServedCopy("counters.redis", Counts.of(likes, 2, 1), 1, Map.of(), null);
  }

  private static ServedCopy document(long likes, Map<String, String> fields) {
    return new ServedCopy("search.posts", Counts.of(likes, 2, 1), 1, fields, null);
  }

  private static Verdict verdict(ServedCopy copy, boolean isStill, boolean hasPassed) {
    return CopyFinding.of(copy, TRUTH, isStill, hasPassed).verdict();
  }

  @Test
  void aDifferenceIsProvenOnlyPastTheTablesAndWhileTheyStandStill() {
    assertThat(verdict(counters(3), true, false)).isEqualTo(Verdict.RIGHT);
    assertThat(verdict(counters(4), true, true)).isEqualTo(Verdict.WRONG);
    assertThat(verdict(counters(4), true, false)).isEqualTo(Verdict.BEHIND);
    assertThat(verdict(counters(4), false, true)).isEqualTo(Verdict.MOVING);
  }

  @Test
  void countsOfADocumentMayBeLateItsFieldsMayNot() {
    assertThat(verdict(document(4, SHOWN), true, true)).isEqualTo(Verdict.LATE);
    assertThat(verdict(document(3, Map.of("content", "spoiled")), true, true))
        .isEqualTo(Verdict.WRONG);
    assertThat(verdict(document(3, Map.of()), true, true)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void countsThatDifferByWaitingEventsAloneAreNotWrong() {
    CopyFinding oneMore = CopyFinding.of(counters(4), TRUTH, true, true);
    Announced like = new Announced(Counts.of(1, 0, 0), Counts.ZERO, CountedView.CANONICAL);
    Announced unlike = new Announced(Counts.ZERO, Counts.of(1, 0, 0), CountedView.CANONICAL);
    assertThat(oneMore.besides(like, TRUTH).verdict()).isEqualTo(Verdict.WAITING);
    assertThat(oneMore.besides(unlike, TRUTH).verdict()).isEqualTo(Verdict.WRONG);
    CopyFinding twoMore = CopyFinding.of(counters(5), TRUTH, true, true);
    assertThat(twoMore.besides(like, TRUTH).verdict()).isEqualTo(Verdict.WRONG);
  }

  @Test
  void whatIsNowhereIsRightForWhatHasNoRow() {
    TargetTruth gone =
        new TargetTruth(
            false, new RowCounts(Counts.ZERO, Counts.ZERO, CountedView.CANONICAL), Map.of(), "");
    ServedCopy absent = new ServedCopy("search.posts", null, 0, Map.of(), null);
    assertThat(CopyFinding.of(absent, gone, true, true).verdict()).isEqualTo(Verdict.RIGHT);
    ServedCopy kept = document(0, SHOWN);
    assertThat(CopyFinding.of(kept, gone, true, true).why()).isEqualTo("is found, and must not be");
  }
}
