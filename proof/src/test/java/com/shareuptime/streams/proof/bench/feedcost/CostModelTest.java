package com.shareuptime.streams.proof.bench.feedcost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CostModelTest {
  /** Three authors of 2 followers, one of 10; eight readers of 2 authors. */
  private static final FollowGraph SMALL =
      new FollowGraph(new TreeMap<>(Map.of(2, 3L, 10, 1L)), new TreeMap<>(Map.of(2, 8L)));

  private static final FollowGraph LARGE = new PowerLaw(200_000, 50, 2.3).graph();
  private static final UnitCosts COSTS = new UnitCosts(2, 20);
  private static final double DAY = 86_400;

  @Test
  void aGraphOfFourAuthorsCostsWhatPenAndPaperSay() {
    CostModel model = new CostModel(SMALL, new Load(0.5, 1, 0, 4), COSTS);

    Cost hybrid = model.at(4);
    assertThat(hybrid.celebrities()).isEqualTo(1);
    assertThat(hybrid.pushesPerSecond()).isCloseTo(3 / DAY, within(1e-12));
    assertThat(hybrid.slicesPerSecond()).isCloseTo(5 * 4 / DAY, within(1e-12));
    assertThat(hybrid.writeMicros()).isCloseTo(3 * 2 / DAY, within(1e-12));
    assertThat(hybrid.readMicros()).isCloseTo(5 * 4 * 20 / DAY, within(1e-12));
    assertThat(hybrid.longestBurstMicros()).isEqualTo(2);

    Cost pushed = model.at(5); // at the threshold an author is still pushed
    assertThat(pushed.celebrities()).isZero();
    assertThat(pushed.pushesPerSecond()).isCloseTo(8 / DAY, within(1e-12));
    assertThat(pushed.readMicros()).isZero();
    assertThat(pushed.longestBurstMicros()).isEqualTo(10);

    assertThat(model.breakEvenPosts()).isEqualTo(40);
    assertThat(model.postsPerSecond()).isCloseTo(4 / DAY, within(1e-12));
    assertThat(model.pagesPerSecond()).isCloseTo(4 * 4 / DAY, within(1e-12));
  }

  @Test
  void postsGrowWithFollowersAndTheirMeanStays() {
    CostModel model = new CostModel(SMALL, new Load(1, 1, 1, 4), COSTS);

    assertThat(model.postsPerDay(10)).isCloseTo(2.5, within(1e-12));
    assertThat(model.postsPerDay(2)).isCloseTo(0.5, within(1e-12));
    assertThat(model.at(CostModel.NONE).pushesPerSecond())
        .isCloseTo((3 * 2 * 0.5 + 10 * 2.5) / DAY, within(1e-12));
  }

  @Test
  void aHigherThresholdPushesMoreAndPullsLess() {
    List<Cost> curve = model(20).curve();

    for (int i = 1; i < curve.size(); i++) {
      Cost lower = curve.get(i - 1);
      Cost higher = curve.get(i);
      assertThat(higher.threshold()).isGreaterThan(lower.threshold());
      assertThat(higher.pushesPerSecond()).isGreaterThanOrEqualTo(lower.pushesPerSecond());
      assertThat(higher.longestBurstMicros()).isGreaterThanOrEqualTo(lower.longestBurstMicros());
      assertThat(higher.slicesPerSecond()).isLessThanOrEqualTo(lower.slicesPerSecond());
      assertThat(higher.celebrities()).isLessThanOrEqualTo(lower.celebrities());
    }
    assertThat(curve.get(curve.size() - 1).celebrities()).isZero();
  }

  @Test
  void eachFollowOfAnActiveReaderIsEitherPushedOrPulled() {
    for (Cost cost : model(20).curve()) {
      assertThat(cost.pushedEdges() + cost.pulledEdges())
          .isCloseTo(0.25 * LARGE.edges(), within(1e-3));
    }
  }

  @Test
  void whenNobodyPostsMoreThanTheBreakEvenPushingAllIsCheapest() {
    CostModel model = model(20);

    assertThat(model.postsPerDay(LARGE.mostFollowers())).isLessThan(model.breakEvenPosts());
    assertThat(model.cheapest().celebrities()).isZero();
  }

  @Test
  void otherwiseTheCheapestThresholdIsWhereAnAuthorPostsTheBreakEven() {
    CostModel model = model(0.2);

    Cost cheapest = model.cheapest();
    assertThat(cheapest.celebrities()).isPositive();
    int followers = (int) (cheapest.threshold() / 0.25);
    assertThat(model.postsPerDay(followers)).isCloseTo(model.breakEvenPosts(), within(0.1));
    assertThat(model.within(1.1)).contains(cheapest);
  }

  private static CostModel model(double readsPerDay) {
    return new CostModel(LARGE, new Load(0.25, 0.5, 0.3, readsPerDay), COSTS);
  }
}
