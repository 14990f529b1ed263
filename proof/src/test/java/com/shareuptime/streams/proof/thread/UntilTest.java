package com.shareuptime.streams.proof.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UntilTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void theFirstLookThatIsEnoughEndsIt() throws Exception {
    assertThat(Until.enough(LONG, SHORT, looks::incrementAndGet, seen -> seen >= 3)).isEqualTo(3);
    assertThat(looks).hasValue(3);
  }

  @Test
  void whenTimeIsUpTheLastLookIsTheAnswer() throws Exception {
    assertThat(Until.enough(SHORT, SHORT, looks::incrementAndGet, seen -> false))
        .isEqualTo(looks.get());
    assertThat(Until.isTrue(Duration.ZERO, SHORT, () -> false)).isFalse();
  }

  @Test
  void whatNeverBecomesTrueIsToldWithHowItIs() {
    assertThatThrownBy(() -> Until.requireTrue(SHORT, SHORT, () -> false, () -> "2 are missing"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 are missing");
  }
}
