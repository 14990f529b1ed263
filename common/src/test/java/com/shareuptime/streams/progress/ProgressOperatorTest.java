package com.shareuptime.streams.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.deadletter.DeadLetter;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressOperatorTest {
  private TwoInputStreamOperatorTestHarness<Heartbeat, DeadLetter, Progress> task;

  @BeforeEach
  void start() throws Exception {
    task = new TwoInputStreamOperatorTestHarness<>(new ProgressOperator(Surface.COUNTERS_REDIS));
    task.open();
  }

  @AfterEach
  void stop() throws Exception {
    task.close();
  }

  private void beat(long millis, long lsn) throws Exception {
    task.processElement1(new StreamRecord<>(new Heartbeat(millis * 1000 + 7, lsn, 0, 1, 1)));
    task.processWatermark1(new Watermark(millis));
  }

  private void written(long millis) throws Exception {
    task.processWatermark2(new Watermark(millis));
  }

  private List<Long> published() {
    return task.extractOutputValues().stream().map(Progress::lsn).toList();
  }

  @Test
  void nothingIsPublishedBeforeTheSinkHasWritten() throws Exception {
    beat(1000, 10);
    beat(2000, 20);
    assertThat(published()).isEmpty();
    written(1500);
    assertThat(published()).containsExactly(10L);
    written(9000);
    assertThat(published()).containsExactly(10L, 20L);
  }

  @Test
  void aSinkThatIsAheadDoesNotPublishBeatsThatOthersMayStillMiss() throws Exception {
    written(9000);
    task.processElement1(new StreamRecord<>(new Heartbeat(1_000_000, 10, 0, 2, 1)));
    assertThat(published()).as("one partition has seen the beat, the watermark has not").isEmpty();
    task.processWatermark1(new Watermark(1000));
    assertThat(published()).containsExactly(10L);
  }

  @Test
  void itNeverFalls() throws Exception {
    beat(1000, 50);
    written(1000);
    beat(2000, 40);
    written(2000);
    beat(3000, 60);
    written(3000);
    assertThat(published()).containsExactly(50L, 60L);
  }

  /** The server went back and was read anew: a promise of before would come true too early. */
  @Test
  void itFallsOnceWithTheFirstBeatOfALaterSnapshot() throws Exception {
    beat(1000, 50, 3L << 20);
    written(1000);
    beat(2000, 40, 4L << 20);
    written(2000);
    beat(3000, 30, 4L << 20);
    written(3000);
    beat(4000, 60, (4L << 20) + 1); // a TRUNCATE
    written(4000);
    assertThat(published()).containsExactly(50L, 40L, 60L);
  }

  private void beat(long millis, long lsn, long generation) throws Exception {
    task.processElement1(new StreamRecord<>(new Heartbeat(millis * 1000, lsn, 0, 1, generation)));
    task.processWatermark1(new Watermark(millis));
  }

  @Test
  void positionsAreWrittenAsPostgresWritesThem() {
    assertThat(new Progress(Surface.COUNTERS_REDIS, 0x16_B374D848L, 0).lsnText())
        .isEqualTo("16/B374D848");
    assertThat(new Progress(Surface.COUNTERS_REDIS, 0x1_0000000AL, 0).lsnText()).isEqualTo("1/A");
  }
}
