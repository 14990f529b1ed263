package com.shareuptime.streams.feeds.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.feed.Posts;
import com.shareuptime.streams.testing.DrawnIds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FeedKeysTest {
  private static final int POSTS = 32_000;

  /** Counting ids; ids whose low bits are those of one machine; ids that are multiples. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "1, 4096, 0, 4194304",
    "7, 4194304, 3, 4194304",
    "5000, 32, 31, 32",
    "0, 1099511627776, 12, 65536"
  })
  void oneOf32PushesTrimsWhateverTheIds(long firstPost, long step, long firstUser, long userStep) {
    for (int user = 0; user < 5; user++) {
      int trims = 0;
      for (int i = 0; i < POSTS; i++) {
        Id id = Id.of(firstUser + user * userStep);
        var push =
            new FeedWrite.Push(Id.of(9), Posts.of(Id.of(firstPost + i * step), i), Ids.of(id));
        trims += FeedKeys.trims(push, id) ? 1 : 0;
      }
      assertThat(trims).as("trims of user %d", user).isBetween(POSTS / 40, POSTS / 26);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneOf32PushesTrimsWhateverTheKindOfIds(DrawnIds ids) {
    for (int user = 0; user < 5; user++) {
      Id id = ids.of(user);
      int trims = 0;
      for (int i = 1; i <= POSTS; i++) {
        var push = new FeedWrite.Push(ids.of(9), Posts.of(ids.of(i), i), Ids.of(id));
        trims += FeedKeys.trims(push, id) ? 1 : 0;
      }
      assertThat(trims).as("trims of user %d", user).isBetween(POSTS / 40, POSTS / 26);
    }
  }
}
