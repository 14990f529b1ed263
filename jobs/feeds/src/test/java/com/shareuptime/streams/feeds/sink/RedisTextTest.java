package com.shareuptime.streams.feeds.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({
    "c0ffee00-0000-4000-8000-0000000000ff, c0ffee00-0000-4000-8000-0000000000ff",
    "at://x/ü_7, at://x/ü_7",
    "7, 7",
    "~, %7E",
    "a{b}%, a%7Bb%7D%25"
  })
  void anIdOfAnotherKindIsEscaped(String id, String escaped) {
    assertThat(text(RedisText.id(Id.of(id)))).isEqualTo(escaped);
    assertThat(text(RedisText.key(RedisText.bytes("feed:{"), Id.of(id))))
        .isEqualTo("feed:{" + escaped + "}");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
