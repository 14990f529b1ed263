package com.shareuptime.streams.counters.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.source.RawRecord;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What is set aside is not counted, or only in the totals, and is marked so. */
class ParseEventTest {
  private static final long MINUTE = 60_000;
  private static final long LATENESS = 10 * MINUTE;
  private static final long START = 1_700_000_040_000L;

  @Test
  void anEventIsLateExactlyIfItsMinuteWasClosedWhenItCame() throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(
                new ParseEvent("counters", 300_000, LATENESS, IdKinds.NUMBERS)))) {
      harness.setup(CounterEvent.TYPE.createSerializer(harness.getExecutionConfig()));
      harness.open();
      harness.processElement(like(START, START + MINUTE + LATENESS - 1));
      harness.processElement(like(START + MINUTE - 1, START + MINUTE + LATENESS - 1));
      assertThat(harness.getSideOutput(ParseEvent.DEAD_LETTERS)).isNullOrEmpty();
      harness.processElement(like(START + MINUTE - 1, START + MINUTE + LATENESS));
      assertThat(harness.getSideOutput(ParseEvent.DEAD_LETTERS))
          .singleElement()
          .satisfies(letter -> assertThat(letter.getValue().reason()).isEqualTo("late"));
      assertThat(harness.extractOutputValues())
          .extracting(CounterEvent::late)
          .containsExactly(false, false, true);
    }
  }

  private static StreamRecord<RawRecord> like(long occurred, long appended) {
    byte[] event =
        "{\"event_id\":\"e\",\"type\":\"like\",\"action\":\"create\",\"target\":\"post\",\"target_id\":1,\"occurred_at\":%d}"
            .formatted(occurred)
            .getBytes(StandardCharsets.UTF_8);
    return new StreamRecord<>(new RawRecord("likes-events", 0, 0, appended, null, event), appended);
  }
}
