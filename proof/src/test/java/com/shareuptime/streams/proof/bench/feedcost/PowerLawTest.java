package com.shareuptime.streams.proof.bench.feedcost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;

class PowerLawTest {
  private static final int USERS = 1_000_000;
  private static final FollowGraph GRAPH = new PowerLaw(USERS, 100, 2.5).graph();

  @Test
  void everyUserIsAuthorAndReaderWithTheMeanAskedFor() {
    assertThat(GRAPH.authorCount()).isEqualTo(USERS);
    assertThat(GRAPH.readerCount()).isEqualTo(USERS);
    assertThat(GRAPH.edges()).isCloseTo(100L * USERS, withPercentage(1));
    assertThat(GRAPH.meanFollows()).isCloseTo(100, withPercentage(1));
    assertThat(GRAPH.mostFollowers()).isLessThan(USERS);
  }

  @Test
  void tenTimesTheFollowersHaveTenToTheExponentLessOneFewerAuthors() {
    double ratio = (double) withMoreThan(1_000) / withMoreThan(10_000);
    assertThat(ratio).isCloseTo(Math.pow(10, 1.5), withPercentage(5));
  }

  @Test
  void aGraphThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new PowerLaw(10, 10, 2.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PowerLaw(10, 5, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static long withMoreThan(int followers) {
    return GRAPH.authors().tailMap(followers + 1).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
