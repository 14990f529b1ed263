package com.shareuptime.streams.feeds.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.testing.DrawnIds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FoundFeedsTest {
  @ParameterizedTest
  @EnumSource
  void eachFeedOfOursIsFound(DrawnIds ids) {
    for (long user : new long[] {1, 2, 3, 5, Long.MAX_VALUE / 5 * 5}) {
      String key = RedisKey.FEED.of(ids.of(user));
      assertThat(FoundFeeds.user(key, ids.kinds().users())).hasValue(ids.of(user));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NUMBER, feed:{x}",
    "NUMBER, feed:{-7}",
    "NUMBER, feed:{0}",
    "NUMBER, feed:{007}",
    "NUMBER, feed:{+7}",
    "NUMBER, feed:7",
    "NUMBER, pull:{7}",
    "UUID, feed:{7}",
    "UUID, feed:{C0FFEE00-0000-4000-8000-0000000000FF}",
    "TEXT, feed:{}",
    "TEXT, feed:{a%zz}",
    "TEXT, feed:{a{b}",
  })
  void whatTheJobDoesNotWriteIsNobodys(IdKind kind, String key) {
    assertThat(FoundFeeds.user(key, kind)).isEmpty();
  }
}
