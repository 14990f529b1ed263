package com.shareuptime.streams.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.deadletter.DeadLetter;
import java.io.IOException;
import java.util.Collection;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** What a value makes throw is a dead letter; what is thrown further on is not. */
class RecordFunctionTest {
  private static final OutputTag<String> SIDE = new OutputTag<>("side") {};

  @Test
  void whateverReadingThrowsMakesTheRecordADeadLetter() throws Exception {
    assertThat(letterOf(new ArithmeticException("long overflow")).detail())
        .isEqualTo("long overflow");
    assertThat(letterOf(new NullPointerException()).detail()).isEqualTo("NullPointerException");
    DeadLetter letter = letterOf(new IOException("no JSON"));
    assertThat(letter.detail()).isEqualTo("no JSON");
    assertThat(letter.reason()).isEqualTo("odd");
    assertThat(letter.value()).containsExactly(1, 2);
    assertThat(letter.offset()).isEqualTo(7);
  }

  @Test
  void aRecordThatIsReadInPartHasNoEffect() throws Exception {
    try (var harness = harness(new Throwing(new IllegalStateException("half read")))) {
      harness.processElement(record());
      assertThat(harness.getOutput()).isEmpty();
      assertThat(harness.getSideOutput(SIDE)).isNull();
    }
  }

  @Test
  void whatIsThrownFurtherOnIsNoFaultOfTheRecord() throws Exception {
    var function = new Throwing(null);
    try (var harness = harness(function)) {
      Collector<String> failing =
          new Collector<>() {
            @Override
            public void collect(String value) {
              throw new IllegalStateException("a store is away");
            }

            @Override
            public void close() {}
          };
      assertThatThrownBy(() -> function.processElement(record().getValue(), null, failing))
          .hasMessage("a store is away");
    }
  }

  private static DeadLetter letterOf(Exception thrown) throws Exception {
    try (var harness = harness(new Throwing(thrown))) {
      harness.processElement(record());
      Collection<StreamRecord<DeadLetter>> letters =
          harness.getSideOutput(RecordFunction.DEAD_LETTERS);
      assertThat(letters).hasSize(1);
      return letters.iterator().next().getValue();
    }
  }

  private static OneInputStreamOperatorTestHarness<RawRecord, String> harness(Throwing function)
      throws Exception {
    var harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function));
    harness.open();
    return harness;
  }

  private static StreamRecord<RawRecord> record() {
    return new StreamRecord<>(new RawRecord("topic", 0, 7, 1, null, new byte[] {1, 2}));
  }

  /** Reads two values, then throws, if there is anything to throw. */
  private static final class Throwing extends RecordFunction<RawRecord, String> {
    private static final long serialVersionUID = 1L;

    private final Exception thrown;

    Throwing(Exception thrown) {
      super("job", "odd");
      this.thrown = thrown;
    }

    @Override
    protected RawRecord raw(RawRecord record) {
      return record;
    }

    @Override
    protected void read(RawRecord record, Reading<String> reading) throws IOException {
      reading.collect("one");
      reading.output(SIDE, "two");
      if (thrown instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (thrown instanceof IOException checked) {
        throw checked;
      }
    }
  }
}
