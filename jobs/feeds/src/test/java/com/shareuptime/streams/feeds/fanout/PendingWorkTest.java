package com.shareuptime.streams.feeds.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import org.junit.jupiter.api.Test;

class PendingWorkTest {
  private final PendingWork pending = new PendingWork();

  @Test
  void theOldestCountsFromItsFirstStep() {
    pending.note(Id.of(1), 30, true, 1_000);
    pending.note(Id.of(2), 20, true, 1_500);
    pending.note(Id.of(1), 10, true, 2_000);
    assertThat(pending.chunks()).isEqualTo(30);
    assertThat(pending.oldestMillis(3_000)).isEqualTo(2_000);
  }

  @Test
  void nothingIsLeftOfWhatIsDone() {
    pending.note(Id.of(1), 30, true, 1_000);
    pending.note(Id.of(1), 0, false, 2_000);
    assertThat(pending.chunks()).isZero();
    assertThat(pending.oldestMillis(3_000)).isZero();
  }
}
