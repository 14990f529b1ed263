package com.shareuptime.streams.ingest.topic;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes in transactions, not for their atomicity but because brokers refuse a producer whose
 * transactional id another has taken over: then nothing of a run that was frozen arrives behind
 * what the next has written, however late it wakes up.
 *
 * <p>A transaction ends before the barrier of each checkpoint, so that a checkpoint never contains
 * what may still be aborted, and after {@link #LONGEST_TRANSACTION}. The topics are taken over with
 * the first record, which comes when the slot is this run's: a second job that waits for the slot
 * does not disturb the first.
 */
final class FencedTopicWriter implements SinkWriter<TopicRecord> {
  /** Compaction and readers of committed records stop before an open transaction. */
  static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(30);

  private final Properties properties;
  private final WriterClaim claim;
  private final MailboxExecutor mailbox;
  private final ProcessingTimeService time;
  private final Counter records;
  private final Counter bytes;
  private final Counter errors;

  private KafkaProducer<byte[], byte[]> producer;
  private boolean open;
  private long transactions;
  private volatile Exception failure;
  private volatile boolean closed;

  FencedTopicWriter(
      Properties properties,
      WriterClaim claim,
      MailboxExecutor mailbox,
      ProcessingTimeService time,
      SinkWriterMetricGroup metrics) {
    this.properties = properties;
    this.claim = claim;
    this.mailbox = mailbox;
    this.time = time;
    this.records = metrics.getIOMetricGroup().getNumRecordsOutCounter();
    this.bytes = metrics.getIOMetricGroup().getNumBytesOutCounter();
    this.errors = metrics.getNumRecordsOutErrorsCounter();
  }

  @Override
  public void write(TopicRecord record, Context context) throws IOException {
    throwFailure();
    try {
      if (producer == null) {
        takeOver();
      }
      if (!open) {
        begin();
      }
      producer.send(asProducerRecord(record), this::sent);
    } catch (KafkaException e) {
      throw failed(e);
    }
    records.inc();
    bytes.inc(record.key().length + (record.value() == null ? 0 : record.value().length));
  }

  /** In this order: whoever comes later ends this producer, or is seen by its claim. */
  private void takeOver() {
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    claim.require();
  }

  private void begin() {
    producer.beginTransaction();
    open = true;
    long number = ++transactions;
    time.registerTimer(
        time.getCurrentProcessingTime() + LONGEST_TRANSACTION.toMillis(),
        now -> {
          if (number == transactions) {
            commit();
          }
        });
  }

  private static ProducerRecord<byte[], byte[]> asProducerRecord(TopicRecord record) {
    return new ProducerRecord<>(
        record.topic(),
        record.partition(),
        null,
        record.key(),
        record.value(),
        List.of(new RecordHeader(record.header(), record.headerValue())));
  }

  /** On the producer's thread: an idle task must fail too. */
  private void sent(RecordMetadata where, Exception problem) {
    if (problem != null && failure == null && !closed) {
      failure = problem;
      mailbox.execute(this::throwFailure, "a record of the cdc topics could not be written");
    }
  }

  private void throwFailure() throws IOException {
    if (failure != null) {
      errors.inc();
      throw failed(failure);
    }
  }

  private static IOException failed(Exception cause) {
    return new IOException("could not write the cdc topics: " + cause.getMessage(), cause);
  }

  /** Comes before the barrier of a checkpoint, and at the end. */
  @Override
  public void flush(boolean endOfInput) throws IOException {
    throwFailure();
    commit();
  }

  private void commit() throws IOException {
    if (open) {
      try {
        producer.commitTransaction();
      } catch (KafkaException e) {
        throw failed(e);
      }
      open = false;
    }
  }

  /** What is on its way is not waited for: the next run writes it again. */
  @Override
  public void close() {
    closed = true;
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
  }
}
