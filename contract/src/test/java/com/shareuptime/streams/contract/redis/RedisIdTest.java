package com.shareuptime.streams.contract.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisIdTest {
  @Test
  void mostIdsAreWrittenAsTheyAre() {
    assertThat(RedisId.write(Id.of(42))).isEqualTo("42");
    assertThat(RedisKey.FEED.of(Id.of("at://did:plc:x/p+1")))
        .isEqualTo("feed:{at://did:plc:x/p+1}");
  }

  @Test
  void whatRedisOrAFeedWouldTakeForItsOwnIsEscaped() {
    assertThat(RedisId.write(Id.of("a{b}%\n"))).isEqualTo("a%7Bb%7D%25%0A");
    assertThat(RedisId.write(Id.of("~"))).isEqualTo("%7E");
    assertThat(RedisId.write(Id.of("a~"))).isEqualTo("a~");
  }

  @Test
  void everyTextComesBack() {
    for (String text : List.of("~", "a{b}", "%41", "+", "a b", "ü%", "\u0001", "7")) {
      Id id = Id.of(text);
      assertThat(RedisId.read(RedisId.write(id), IdKind.TEXT)).isEqualTo(id);
    }
  }

  @Test
  void aKeyOfATargetEscapesItsId() {
    assertThat(RedisKey.COUNTERS.of(Target.post(Id.of(42)))).isEqualTo("counters:{post:42}");
    assertThat(RedisKey.COUNTERS.of(Target.reel(Id.of("{")))).isEqualTo("counters:{reel:%7B}");
  }

  @Test
  void whatNobodyWroteIsNoId() {
    assertThatThrownBy(() -> RedisId.read("%zz", IdKind.TEXT))
        .isInstanceOf(NumberFormatException.class);
  }
}
