package com.shareuptime.streams.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.CommandException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeSpanTest {
  @Test
  void itIsSpelledAsInTheJobsOptions() {
    assertThat(TimeSpan.parse("--last", "15m")).isEqualTo(Duration.ofMinutes(15));
    assertThat(TimeSpan.parse("--last", "30 s")).isEqualTo(Duration.ofSeconds(30));
    assertThat(TimeSpan.parse("--last", "250 ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(TimeSpan.parse("--last", "1 MIN")).isEqualTo(Duration.ofMinutes(1));
    assertThat(TimeSpan.parse("--last", "2d")).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void anythingElseIsAnErrorOfUsage() {
    assertThatThrownBy(() -> TimeSpan.parse("--last", "15"))
        .isInstanceOf(CommandException.class)
        .hasMessage("--last is '15', which is no length of time.");
  }
}
