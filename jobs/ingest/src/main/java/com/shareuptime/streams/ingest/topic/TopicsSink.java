package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.ingest.IngestOptions;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * The sink of all cdc topics: at least once, each partition in the order of the slot. Brokers
 * refuse whatever an earlier run still sends once this one has begun to write, see {@link
 * FencedTopicWriter}; what a failure leaves uncommitted is written again by the run that follows.
 * Readers ask for no isolation, so none waits for a commit, and drop repeats by version.
 */
public final class TopicsSink implements Sink<TopicRecord> {
  private static final long serialVersionUID = 1L;

  private final IngestOptions options;

  private TopicsSink(IngestOptions options) {
    this.options = options;
  }

  /** The sink that the options describe. */
  public static Sink<TopicRecord> sink(IngestOptions options) {
    return new TopicsSink(options);
  }

  @Override
  @SuppressWarnings("deprecation") // the only method that a sink must have
  public SinkWriter<TopicRecord> createWriter(InitContext context) {
    WriterClaim claim = WriterClaim.take(options.source(), options.slot());
    return new FencedTopicWriter(
        producer(options),
        claim,
        context.getMailboxExecutor(),
        context.getProcessingTimeService(),
        context.metricGroup());
  }

  private static Properties producer(IngestOptions options) {
    Properties producer = options.kafka().properties();
    long timeout = options.deliveryTimeout().toMillis();
    long linger = 20; // a batch costs its two buffers: with many partitions a row must not be one
    producer.setProperty("acks", "all");
    producer.setProperty("transactional.id", "streams.ingest." + options.slot());
    producer.setProperty(
        "transaction.timeout.ms",
        String.valueOf(timeout + FencedTopicWriter.LONGEST_TRANSACTION.plusMinutes(1).toMillis()));
    producer.setProperty("linger.ms", String.valueOf(linger));
    producer.setProperty("batch.size", String.valueOf(256 * 1024));
    producer.setProperty(
        "buffer.memory", String.valueOf(64L * 1024 * 1024 + 2L * options.largestRecord()));
    producer.setProperty("compression.type", "lz4");
    producer.setProperty("delivery.timeout.ms", String.valueOf(timeout));
    producer.setProperty("request.timeout.ms", String.valueOf(Math.max(500, timeout / 2 - linger)));
    producer.setProperty("max.block.ms", String.valueOf(timeout));
    producer.setProperty(
        "max.request.size", String.valueOf(Math.max(16 * 1024 * 1024, options.largestRecord())));
    // of several on their way the later may arrive although the first was given up: a beat, which
    // says that all before it is there
    producer.setProperty("max.in.flight.requests.per.connection", "1");
    return producer;
  }
}
