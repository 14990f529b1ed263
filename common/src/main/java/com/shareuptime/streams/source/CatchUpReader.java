package com.shareuptime.streams.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Marks each partition idle when it has been read to where it ended when this reader got it. */
final class CatchUpReader extends ReaderAround<RawRecord, KafkaPartitionSplit> {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUpReader.class);

  private final TopicEnds ends;

  /** Splits that are still to be read, each with the offset behind its last record. */
  private final Map<String, Long> unread = new HashMap<>();

  private CompletableFuture<Void> added = new CompletableFuture<>();
  private boolean hasSplits;
  private boolean idle;
  private CatchUpOutput wrapped;

  CatchUpReader(SourceReader<RawRecord, KafkaPartitionSplit> inner, TopicEnds ends) {
    super(inner);
    this.ends = ends;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    Map<TopicPartition, Long> known = endsOf(splits);
    for (KafkaPartitionSplit split : splits) {
      long end = known.getOrDefault(split.getTopicPartition(), 0L);
      if (end > 0 && split.getStartingOffset() < end) { // "from the beginning" is below 0
        unread.put(split.splitId(), end);
      }
    }
    hasSplits = hasSplits || !splits.isEmpty();
    idle = false;
    super.addSplits(splits);
    added.complete(null); // there may be nothing in them to be polled for
  }

  /** Without the brokers there are no rows either, whose time then stands still as well. */
  private Map<TopicPartition, Long> endsOf(List<KafkaPartitionSplit> splits) {
    try {
      return ends.of(splits.stream().map(KafkaPartitionSplit::getTopicPartition).toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    } catch (Exception e) {
      LOG.warn("it is not known where {} end: what is in them is not waited for", splits, e);
      return Map.of();
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RawRecord> output) throws Exception {
    if (wrapped == null) {
      wrapped = new CatchUpOutput(output, this::hasRead);
    }
    added = added.isDone() ? new CompletableFuture<>() : added;
    InputStatus status = super.pollNext(wrapped);
    if (hasSplits && !idle && unread.isEmpty()) {
      idle = true;
      wrapped.markIdle();
    }
    return status;
  }

  private void hasRead(String split, long offset) {
    if (!unread.isEmpty() && offset >= unread.getOrDefault(split, Long.MAX_VALUE) - 1) {
      unread.remove(split);
    }
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> available = super.isAvailable();
    return idle ? available : CompletableFuture.allOf(CompletableFuture.anyOf(available, added));
  }
}
