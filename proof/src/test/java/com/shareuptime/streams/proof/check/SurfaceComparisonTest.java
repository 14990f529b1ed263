package com.shareuptime.streams.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.check.SurfaceComparison.Kind;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SurfaceComparisonTest {
  private static final Target POST = Target.post(1);
  private static final Target OTHER = Target.post(2);

  @Test
  void equalCountsAreRightAndAbsentOnesAreZero() {
    assertThat(
            compare(
                    Map.of(POST, Counts.of(2, 1, 0), OTHER, Counts.ZERO),
                    Set.of(),
                    Map.of(POST, live(2, 1, 0)))
                .isRight())
        .isTrue();
  }

  @Test
  void aDifferentCountIsWrong() {
    assertThat(kind(Map.of(POST, Counts.of(2, 1, 0)), Set.of(), Map.of(POST, live(2, 2, 0))))
        .isEqualTo(Kind.WRONG);
  }

  @Test
  void anExistingTargetThatIsMarkedDeletedIsWrong() {
    assertThat(
            kind(
                Map.of(POST, Counts.of(2, 0, 0)),
                Set.of(),
                Map.of(POST, new Served(Counts.of(2, 0, 0), 1, true))))
        .isEqualTo(Kind.WRONG);
  }

  @Test
  void rowsWithoutAnEntryAreMissing() {
    assertThat(kind(Map.of(POST, Counts.of(0, 0, 1)), Set.of(), Map.of())).isEqualTo(Kind.MISSING);
  }

  @Test
  void countsOfATargetThatNeverWasAreExtraButZerosAreNot() {
    assertThat(kind(Map.of(), Set.of(), Map.of(POST, live(1, 0, 0)))).isEqualTo(Kind.EXTRA);
    assertThat(compare(Map.of(), Set.of(), Map.of(POST, live(0, 0, 0))).isRight()).isTrue();
  }

  @Test
  void aDeletedTargetMayHaveADeletedMarkButNoLiveEntry() {
    assertThat(kind(Map.of(), Set.of(POST), Map.of(POST, live(0, 0, 0)))).isEqualTo(Kind.EXTRA);
    Served marked = new Served(Counts.of(3, 0, 0), 1, true);
    assertThat(compare(Map.of(), Set.of(POST), Map.of(POST, marked)).isRight()).isTrue();
    assertThat(compare(Map.of(), Set.of(POST), Map.of()).isRight()).isTrue();
  }

  private static Kind kind(
      Map<Target, Counts> existing, Set<Target> deleted, Map<Target, Served> served) {
    SurfaceComparison comparison = compare(existing, deleted, served);
    assertThat(comparison.mismatches()).hasSize(1);
    return comparison.mismatches().get(0).kind();
  }

  private static SurfaceComparison compare(
      Map<Target, Counts> existing, Set<Target> deleted, Map<Target, Served> served) {
    return SurfaceComparison.of("counters.test", new Truth(existing, Set.of()), deleted, served);
  }

  private static Served live(long likes, long comments, long shares) {
    return new Served(Counts.of(likes, comments, shares), 1, false);
  }
}
