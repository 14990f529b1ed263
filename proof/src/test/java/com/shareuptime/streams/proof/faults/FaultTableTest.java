package com.shareuptime.streams.proof.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.check.Violation;
import com.shareuptime.streams.proof.faults.FailureDetector.Signal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultTableTest {
  @Test
  void aKindIsOneRowWithItsMedianAndItsWorst() {
    List<FaultTable.Row> rows =
        FaultTable.rows(
            List.of(
                right("kill-redis", 0.4, 9, 3),
                right("kill-redis", 0.2, 5, 1),
                right("kill-redis", 0.9, 30, 2),
                right("lost-slot", 1, 20, 4)));
    assertThat(rows).extracting(FaultTable.Row::kind).containsExactly("kill-redis", "lost-slot");
    FaultTable.Row row = rows.get(0);
    assertThat(row.times()).isEqualTo(3);
    assertThat(row.detection()).isEqualTo("redis: process gone");
    assertThat(row.medianDetection()).isEqualTo(0.4);
    assertThat(row.medianRight()).isEqualTo(9);
    assertThat(row.worstRight()).isEqualTo(30);
    assertThat(row.operator()).isEqualTo("none");
    assertThat(row.notRight()).isZero();
  }

  @Test
  void whatNeverBecameRightCountsAsBadAndNotAsATime() {
    FaultTable.Row row =
        FaultTable.rows(
                List.of(
                    right("kill-redis", 0.4, 9, 1), outcome("kill-redis", 0.4, -1, 2, 3, Map.of())))
            .get(0);
    assertThat(row.worstRight()).isEqualTo(9);
    assertThat(row.differences()).isEqualTo(3);
    assertThat(row.notRight()).isEqualTo(1);
  }

  @Test
  void aBrokenPromiseIsBadThoughAllIsRightAtTheEnd() {
    Outcome outcome =
        outcome(
            "kill-redis",
            0.4,
            9,
            1,
            0,
            Map.of("counters.redis", Map.of(Violation.BROKEN_PROMISE, 2L)));
    assertThat(outcome.isRight()).isFalse();
    assertThat(FaultTable.rows(List.of(outcome)).get(0).brokenPromises()).isEqualTo(2);
  }

  @Test
  void aFaultThatNothingShowsHasNoTimeOfDetection() {
    Outcome unseen =
        new Outcome(
            1,
            "clock-off",
            "",
            "",
            1,
            List.of(),
            List.of(),
            1,
            2,
            List.of(),
            Map.of(),
            Map.of(),
            1,
            0,
            0,
            List.of(),
            "");
    assertThat(FaultTable.rows(List.of(unseen)).get(0).medianDetection()).isNegative();
    assertThat(FaultTable.of(List.of(unseen))).contains("nothing").contains("–");
  }

  private static Outcome right(String kind, double seen, double right, int number) {
    return outcome(kind, seen, right, number, 0, Map.of());
  }

  private static Outcome outcome(
      String kind,
      double seen,
      double right,
      int number,
      long wrong,
      Map<String, Map<Violation, Long>> promises) {
    SurfaceResult surface =
        new SurfaceResult(
            "counters.redis", 10, wrong, 0, 0, 0, -1, -1, 0, 10, 0, Map.of(), List.of());
    return new Outcome(
        number,
        kind,
        "",
        "",
        1,
        List.of(new Signal("redis: process gone", seen)),
        List.of(),
        right,
        right,
        List.of(surface),
        promises,
        Map.of(),
        1,
        0,
        0,
        List.of(),
        "");
  }
}
