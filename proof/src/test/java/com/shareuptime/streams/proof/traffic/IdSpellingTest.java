package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.redis.RedisId;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdSpellingTest {
  @ParameterizedTest
  @EnumSource
  void eachNumberHasAnIdOfItsOwnThatTellsIt(IdKind kind) {
    Set<Id> ids = new HashSet<>();
    LongStream.concat(LongStream.range(1, 5_000), LongStream.of(1L << 40, Long.MAX_VALUE))
        .forEach(
            number -> {
              Id id = IdSpelling.of(number, kind);
              assertThat(ids.add(id)).isTrue();
              assertThat(IdSpelling.number(id)).isEqualTo(number);
              assertThat(kind.parse(id.toString())).isEqualTo(id);
              assertThat(RedisId.read(RedisId.write(id), kind)).isEqualTo(id);
            });
  }

  @Test
  void itIsTheSameInEveryRun() {
    assertThat(IdSpelling.of(7, IdKind.NUMBER)).hasToString("7");
    assertThat(IdSpelling.of(7, IdKind.UUID)).hasToString("53845410-e72b-c400-8a5c-d789635d2df8");
    assertThat(IdSpelling.of(7, IdKind.TEXT)).hasToString("p-7");
    assertThat(IdSpelling.of(32, IdKind.TEXT)).hasToString("ü{32");
  }

  @Test
  void whatWasMadeOfNoNumberTellsNone() {
    assertThatThrownBy(() -> IdSpelling.number(Id.ofUuid(1, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IdSpelling.number(Id.of("q-7")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
