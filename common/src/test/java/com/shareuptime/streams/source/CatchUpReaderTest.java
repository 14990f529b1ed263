package com.shareuptime.streams.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CatchUpReaderTest {
  private static final String TOPIC = "counter-updates";

  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Inner inner = new Inner();
  private final Output output = new Output();
  private final CatchUpReader reader =
      new CatchUpReader(
          inner,
          partitions -> {
            if (ends.isEmpty()) {
              throw new IllegalStateException("no broker");
            }
            return ends;
          });

  private void end(int partition, long end) {
    ends.put(new TopicPartition(TOPIC, partition), end);
  }

  private void get(int partition, long from) {
    reader.addSplits(List.of(new KafkaPartitionSplit(new TopicPartition(TOPIC, partition), from)));
  }

  private void read(int partition, long... offsets) throws Exception {
    Arrays.stream(offsets)
        .mapToObj(offset -> new RawRecord(TOPIC, partition, offset, 0, null, null))
        .forEach(inner.records::add);
    poll();
  }

  private void poll() throws Exception {
    while (reader.isAvailable().isDone()) {
      reader.pollNext(output);
    }
  }

  @Test
  void timeStandsStillUntilAllThatWasThereHasBeenRead() throws Exception {
    end(0, 3);
    end(1, 8);
    get(0, KafkaPartitionSplit.EARLIEST_OFFSET);
    get(1, KafkaPartitionSplit.EARLIEST_OFFSET);
    read(0, 0, 1, 2, 3);
    read(1, 2, 6);
    assertThat(output.idle()).isFalse();
    read(1, 7);
    assertThat(output.idle()).isTrue();
    assertThat(output.records).hasSize(7);
  }

  @Test
  void anEmptyPartitionIsNotWaitedForThoughNothingIsThereToBePolled() throws Exception {
    end(0, 0);
    poll();
    assertThat(output.idle()).as("a reader without a partition").isFalse();
    get(0, KafkaPartitionSplit.EARLIEST_OFFSET);
    poll();
    assertThat(output.idle()).isTrue();
  }

  @Test
  void whatAnEarlierRunHasReadIsNotWaitedForAndTheRestIs() throws Exception {
    end(0, 5);
    end(1, 5);
    get(0, 5);
    get(1, 4);
    poll();
    assertThat(output.idle()).isFalse();
    read(1, 4);
    assertThat(output.idle()).isTrue();
  }

  @Test
  void aPartitionThatComesLaterIsReadFirstToo() throws Exception {
    end(0, 0);
    get(0, 0);
    poll();
    end(1, 2);
    get(1, KafkaPartitionSplit.EARLIEST_OFFSET);
    read(1, 0, 1);
    assertThat(output.idle()).isTrue();
  }

  @Test
  void withoutABrokerNothingIsWaitedFor() throws Exception {
    get(0, 4);
    poll();
    assertThat(output.idle()).isTrue();
  }

  /** Hands out what a test gives it. */
  private static final class Inner implements SourceReader<RawRecord, KafkaPartitionSplit> {
    final ArrayDeque<RawRecord> records = new ArrayDeque<>();
    private final Map<Integer, SourceOutput<RawRecord>> outputs = new HashMap<>();

    @Override
    public InputStatus pollNext(ReaderOutput<RawRecord> output) {
      RawRecord record = records.poll();
      if (record != null) {
        outputs
            .computeIfAbsent(record.partition(), p -> output.createOutputForSplit(TOPIC + '-' + p))
            .collect(record, record.timestamp());
      }
      return records.isEmpty() ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return records.isEmpty()
          ? new CompletableFuture<>()
          : CompletableFuture.completedFuture(null);
    }

    @Override
    public void start() {}

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
      return List.of();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {}

    @Override
    public void close() {}
  }

  /** Idle when all of its outputs are. */
  private static class Output implements ReaderOutput<RawRecord> {
    final List<RawRecord> records = new ArrayList<>();
    private final Map<String, Output> splits = new HashMap<>();
    private boolean marked;

    boolean idle() {
      return marked && splits.values().stream().allMatch(Output::idle);
    }

    @Override
    public void collect(RawRecord record, long timestamp) {
      records.add(record);
    }

    @Override
    public void collect(RawRecord record) {
      records.add(record);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {
      marked = true;
    }

    @Override
    public void markActive() {
      marked = false;
    }

    @Override
    public SourceOutput<RawRecord> createOutputForSplit(String split) {
      Output all = this;
      return splits.computeIfAbsent(
          split,
          name ->
              new Output() {
                @Override
                public void collect(RawRecord record, long timestamp) {
                  all.records.add(record);
                }
              });
    }

    @Override
    public void releaseOutputForSplit(String split) {
      splits.remove(split);
    }
  }
}
