package com.shareuptime.streams.proof.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import org.junit.jupiter.api.Test;

class TextsTest {
  private final Texts texts = new Texts(7, FirstIds.FIRST);

  @Test
  void theSameSeedGivesTheSameTexts() {
    Texts again = new Texts(7, FirstIds.FIRST);
    for (long id = 1; id <= 1_000; id++) {
      assertThat(again.of(Target.post(Id.of(id)), id % 5))
          .isEqualTo(texts.of(Target.post(Id.of(id)), id % 5));
    }
  }

  @Test
  void anotherSeedTargetOrRevisionGivesAnotherText() {
    String text = texts.of(Target.post(Id.of(3)), Texts.FIRST);

    assertThat(new Texts(8, FirstIds.FIRST).of(Target.post(Id.of(3)), Texts.FIRST))
        .isNotEqualTo(text);
    assertThat(texts.of(Target.post(Id.of(4)), Texts.FIRST)).isNotEqualTo(text);
    assertThat(texts.of(Target.reel(Id.of(3)), Texts.FIRST)).isNotEqualTo(text);
    assertThat(texts.of(Target.post(Id.of(3)), 1)).isNotEqualTo(text);
  }

  @Test
  void whichOnesAreLargeIsKnownWithoutWritingThem() {
    for (long id = 1; id <= 1_000; id++) {
      assertThat(texts.of(Target.post(Id.of(id)), Texts.FIRST).getBytes(UTF_8).length >= 8 * 1024)
          .isEqualTo(Texts.isLarge(Target.post(Id.of(id)), Texts.FIRST));
    }
  }
}
