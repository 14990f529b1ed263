package com.shareuptime.streams.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.testing.Savepoint;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a Flink of this JVM, with a source that assigns its splits as Kafka's connector does. */
@Timeout(120)
class SpreadSourceTest {
  private static final long TIME = 1_000;
  private static final ConcurrentMap<String, Long> REACHED = new ConcurrentHashMap<>();

  @ParameterizedTest
  @CsvSource({"1, 4", "3, 4", "4, 4", "5, 4", "9, 4", "2, 1"})
  void timePassesHoweverManyReadersThereAre(int readers, int parts) throws Exception {
    String run = UUID.randomUUID().toString();
    JobClient job = start(run, spread(parts, parts), new PerRecord(), readers, null);
    awaitTime(run, TIME);
    job.cancel().get();
  }

  @Test
  void timePassesAfterARestoreByMoreReaders(@TempDir Path savepoints) throws Exception {
    String run = UUID.randomUUID().toString();
    JobClient job = start(run, spread(3, 3), new PerRecord(), 2, null);
    awaitTime(run, TIME);
    String savepoint = Savepoint.stop(job, savepoints);
    String again = UUID.randomUUID().toString();
    JobClient wider = start(again, spread(3, 3), new PerRecord(), 5, savepoint);
    awaitTime(again, TIME);
    wider.cancel().get();
  }

  /** Parts that are not there yet are of some reader: none may let time pass for them. */
  @Test
  void aReaderIsNotIdleWhileAPartIsMissing() throws Exception {
    String run = UUID.randomUUID().toString();
    String control = UUID.randomUUID().toString();
    JobClient job = start(run, spread(2, 3), new PerRecord(), 4, null);
    JobClient other = start(control, spread(2, 2), new PerRecord(), 4, null);
    awaitTime(control, TIME);
    assertThat(REACHED).doesNotContainKey(run);
    job.cancel().get();
    other.cancel().get();
  }

  @Test
  void aReaderOfEventsWithoutAPartIsIdle() throws Exception {
    String run = UUID.randomUUID().toString();
    WatermarkStrategy<Long> idle =
        WatermarkStrategy.<Long>forMonotonousTimestamps().withIdleness(Duration.ofMillis(50));
    JobClient job = start(run, new Parts(2, TIME), idle, 5, null);
    awaitTime(run, TIME - 1);
    job.cancel().get();
  }

  private static Source<Long, ?, ?> spread(int parts, int expected) {
    return new SpreadSource<>(new Parts(parts, TIME), Types.LONG, expected);
  }

  private static void awaitTime(String run, long time) {
    await().atMost(Duration.ofSeconds(30)).until(() -> REACHED.getOrDefault(run, 0L) >= time);
  }

  private static JobClient start(
      String run,
      Source<Long, ?, ?> source,
      WatermarkStrategy<Long> watermarks,
      int parallelism,
      String savepoint)
      throws Exception {
    Configuration configuration = new Configuration();
    if (savepoint != null) {
      configuration.setString("execution.savepoint.path", savepoint);
    }
    var env = StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    env.setMaxParallelism(720);
    env.fromSource(source, watermarks, "parts", Types.LONG)
        .uid("parts")
        .transform("time", Types.LONG, new Reached(run))
        .uid("time")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>());
    return env.executeAsync();
  }

  /** As heartbeats: a watermark at each record, and never idle. */
  private record PerRecord() implements WatermarkStrategy<Long>, Serializable {
    @Override
    public WatermarkGenerator<Long> createWatermarkGenerator(
        WatermarkGeneratorSupplier.Context context) {
      return new WatermarkGenerator<>() {
        @Override
        public void onEvent(Long event, long timestamp, WatermarkOutput output) {
          output.emitWatermark(new Watermark(timestamp));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
      };
    }
  }

  private static final class Reached extends AbstractStreamOperator<Long>
      implements OneInputStreamOperator<Long, Long> {
    private static final long serialVersionUID = 1;
    private final String run;

    Reached(String run) {
      this.run = run;
    }

    @Override
    public void processElement(StreamRecord<Long> element) {}

    @Override
    public void processWatermark(org.apache.flink.streaming.api.watermark.Watermark mark) {
      if (mark.getTimestamp() != Long.MAX_VALUE) {
        REACHED.merge(run, mark.getTimestamp(), Math::max);
      }
    }
  }
}
