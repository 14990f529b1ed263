package com.shareuptime.streams.proof.bench.feedcost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PulledAuthorsTest {
  private static final Load LOAD = new Load(1, 1, 0, 1);
  private static final UnitCosts COSTS = new UnitCosts(1, 10);

  @Test
  void aReaderPullsEachFollowWithTheShareOfAllThatLeadToPulledAuthors() {
    // half of all follows lead to 100 pulled authors; everybody follows 16: binomial (16, ½)
    FollowGraph graph =
        new FollowGraph(
            new TreeMap<>(Map.of(1, 100_000L, 1_000, 100L)), new TreeMap<>(Map.of(16, 12_500L)));

    PulledAuthors pulled = PulledAuthors.of(graph, new CostModel(graph, LOAD, COSTS).at(100), 1);

    assertThat(pulled.mean()).isEqualTo(8);
    assertThat(pulled.p50()).isEqualTo(8);
    assertThat(pulled.p99()).isEqualTo(13);
    assertThat(pulled.max()).isBetween(15, 16);
  }

  @Test
  void noReaderPullsMoreAtAHigherThresholdNorMoreAuthorsThanThereAre() {
    FollowGraph graph = new PowerLaw(100_000, 50, 2.3).graph();
    CostModel model = new CostModel(graph, LOAD, COSTS);
    PulledAuthors lower = PulledAuthors.of(graph, model.at(100), 7);

    assertThat(lower).isEqualTo(PulledAuthors.of(graph, model.at(100), 7));
    for (int threshold : new int[] {300, 1_000, 10_000, 30_000, CostModel.NONE}) {
      Cost cost = model.at(threshold);
      PulledAuthors higher = PulledAuthors.of(graph, cost, 7);
      assertThat(higher.mean()).isLessThan(lower.mean());
      assertThat(higher.p50()).isLessThanOrEqualTo(lower.p50());
      assertThat(higher.p99()).isLessThanOrEqualTo(lower.p99());
      assertThat(higher.max()).isLessThanOrEqualTo(lower.max());
      assertThat((long) higher.max()).isLessThanOrEqualTo(cost.celebrities());
      lower = higher;
    }
    assertThat(lower.mean()).isZero();
  }

  @Test
  void theMeanIsThatOfTheSlicesRead() {
    FollowGraph graph = new PowerLaw(100_000, 50, 2.3).graph();
    CostModel model = new CostModel(graph, new Load(0.25, 1, 0, 3), COSTS);
    Cost cost = model.at(300);

    assertThat(PulledAuthors.of(graph, cost, 1).mean() * model.pagesPerSecond())
        .isCloseTo(cost.slicesPerSecond(), withPercentage(2));
  }
}
