package com.shareuptime.streams.proof.bench.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CircleTest {
  private static final Circle CIRCLE = new Circle(1_001, 20, 30, 200);

  @Test
  void everyAuthorHasAsManyFollowersAndEveryReaderFollowsAsMany() {
    int[] followed = new int[201];
    for (int turn = 0; turn < 20; turn++) {
      long[] followers = CIRCLE.followers(CIRCLE.author(turn));
      assertThat(LongStream.of(followers).distinct().count()).isEqualTo(30);
      LongStream.of(followers).forEach(reader -> followed[(int) reader]++);
    }
    assertThat(followed[0]).isZero();
    assertThat(Arrays.copyOfRange(followed, 1, 201)).containsOnly(3);
  }

  @Test
  void authorsTakeTurns() {
    assertThat(LongStream.range(0, 21).map(CIRCLE::author).toArray())
        .startsWith(1_001, 1_002)
        .endsWith(1_020, 1_001);
  }
}
