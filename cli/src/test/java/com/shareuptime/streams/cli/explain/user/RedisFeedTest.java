package com.shareuptime.streams.cli.explain.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.explain.user.RedisFeed.Timeline;
import com.shareuptime.streams.cli.explain.user.RedisFeed.Zset;
import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.Cursor;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisFeedTest {
  private static final Zset TWO =
      new Zset(List.of(new Cursor(20, Id.of(2)), new Cursor(10, Id.of(1))), 5L);

  @Test
  void itsBoundIsTheHighestMark() {
    Timeline timeline = new Timeline(Id.of(9), new Zset(List.of(), 7L));
    assertThat(new RedisFeed(TWO, false, List.of(timeline), null).bound()).hasValue(7);
  }

  @Test
  void entriesAreCountedInsteadOfListed() {
    assertThat(Output.json(new RedisFeed(TWO, false, List.of(), null)))
        .contains("\"entries\" : 2", "\"mark\" : 5")
        .doesNotContain("positions");
  }
}
