package com.shareuptime.streams.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.check.Differences.Kind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CounterComparisonTest {
  private static final Target POST = Target.post(Id.of(1));
  private static final Target OTHER = Target.post(Id.of(2));

  @Test
  void equalCountsAreRightAndAbsentOnesAreZero() {
    assertThat(
            compare(
                    Map.of(POST, Counts.of(2, 1, 0), OTHER, Counts.ZERO),
                    Set.of(),
                    Map.of(POST, live(2, 1, 0)))
                .isNone())
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
    assertThat(compare(Map.of(), Set.of(), Map.of(POST, live(0, 0, 0))).isNone()).isTrue();
  }

  @Test
  void aDeletedTargetMayHaveADeletedMarkButNoLiveEntry() {
    assertThat(kind(Map.of(), Set.of(POST), Map.of(POST, live(0, 0, 0)))).isEqualTo(Kind.EXTRA);
    Served marked = new Served(Counts.of(3, 0, 0), 1, true);
    assertThat(compare(Map.of(), Set.of(POST), Map.of(POST, marked)).isNone()).isTrue();
    assertThat(compare(Map.of(), Set.of(POST), Map.of()).isNone()).isTrue();
  }

  private static Kind kind(
      Map<Target, Counts> existing, Set<Target> deleted, Map<Target, Served> served) {
    Differences differences = compare(existing, deleted, served);
    assertThat(differences.count()).isEqualTo(1);
    return Stream.of(Kind.values()).filter(kind -> differences.count(kind) == 1).findFirst().get();
  }

  private static Differences compare(
      Map<Target, Counts> existing, Set<Target> deleted, Map<Target, Served> served) {
    return CounterComparison.of(new Truth(existing, Set.of()), deleted, served);
  }

  private static Served live(long likes, long comments, long shares) {
    return new Served(Counts.of(likes, comments, shares), 1, false);
  }
}
