package com.shareuptime.streams.contract.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RedisKeyTest {
  /** Readers in other languages spell them, and what is stored was stored under them. */
  @Test
  void keysAreThoseThatReadersKnow() {
    assertThat(RedisKey.COUNTERS.of("post:42")).isEqualTo("counters:{post:42}");
    assertThat(RedisKey.FEED.of(Id.of(7))).isEqualTo("feed:{7}");
    assertThat(RedisKey.PULL.of(Id.of(7))).isEqualTo("pull:{7}");
    assertThat(RedisKey.TIMELINE.of(Id.of(9))).isEqualTo("timeline:{9}");
    assertThat(RedisKey.FILL.of(Id.of(7))).isEqualTo("fill:{7}");
    assertThat(RedisKey.TIMELINE_RUN.of(Id.of(9))).isEqualTo("timeline-run:{9}");
    assertThat(RedisKey.MARKS.of("feeds.redis")).isEqualTo("marks:{feeds.redis}");
    assertThat(RedisKey.PROGRESS).isEqualTo("progress");
    assertThat(RedisKey.PROGRESS_TIMES).isEqualTo("{progress}:at");
    assertThat(RedisKey.trending("posts:1h")).isEqualTo("trending:posts:1h");
    assertThat(RedisKey.FEED.pattern()).isEqualTo("feed:{*}");
  }

  @Test
  void aKeyTellsItsSubjectAndNoOthers() {
    for (RedisKey key : RedisKey.values()) {
      assertThat(key.subject(key.of("-1"))).hasValue("-1");
      assertThat(key.prefix() + "8}").isEqualTo(key.of(Id.of(8)));
      assertThat(
              Arrays.stream(RedisKey.values())
                  .filter(one -> one.subject(key.of(Id.of(8))).isPresent()))
          .containsExactly(key);
    }
    assertThat(RedisKey.FEED.subject("feed:{7")).isEmpty();
    assertThat(RedisKey.FEED.subject("feed:{7}:old")).isEmpty();
    assertThat(RedisKey.FEED.subject("feed:7")).isEmpty();
  }
}
