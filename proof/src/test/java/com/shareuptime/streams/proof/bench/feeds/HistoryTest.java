package com.shareuptime.streams.proof.bench.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final History HISTORY = new History(1_000, 500, 50, 60);

  @Test
  void aReaderPullsAndIsPushedToByDifferentAuthors() {
    for (int reader = 0; reader < 60; reader++) {
      assertThat(LongStream.of(HISTORY.pulledBy(reader)).boxed())
          .doesNotHaveDuplicates()
          .hasSize(History.PULLED_EACH)
          .allMatch(author -> author >= 1 && author <= 50);
      assertThat(LongStream.of(HISTORY.pushedTo(reader)).boxed())
          .doesNotHaveDuplicates()
          .hasSize(History.PUSHED_EACH)
          .allMatch(author -> author > 50 && author <= 500);
    }
  }

  @Test
  void theNewestPostsAreThoseOfTheAuthorsInOrder() {
    assertThat(HISTORY.newest(new long[] {7, 9}, 3)).containsExactly(509, 507, 9);
    assertThat(HISTORY.newest(new long[] {500}, 3)).containsExactly(1_000, 500);
  }
}
