package com.shareuptime.streams.feeds.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisTextTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 7, 10, 1_764_000_000_123_456L, -1, -10, Long.MAX_VALUE, Long.MIN_VALUE})
  void isWhatJavaWrites(long number) {
    assertThat(text(RedisText.number(number))).isEqualTo(Long.toString(number));
    assertThat(text(RedisText.id(Id.of(number)))).isEqualTo(Long.toString(number));
    assertThat(text(RedisText.key(RedisText.bytes("feed:{"), Id.of(number))))
        .isEqualTo("feed:{" + number + "}");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
