package com.shareuptime.streams.sink.kafka;

import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.sink.BatchWriter;
import com.shareuptime.streams.sink.SinkTask;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends values to Kafka; a batch is written when the brokers have confirmed all of its records.
 *
 * <p>Of a compacted topic the last record of a key stays, so that there a task that was frozen and
 * woke up must not write any more: such a topic has a {@link #toCompacted} writer.
 */
public final class TopicWriter<T> implements BatchWriter<T> {
  private static final long serialVersionUID = 1L;

  /**
   * How long brokers keep an open transaction of a writer that is silent. Longer than most outages,
   * because what they end of themselves makes the job start anew; below the longest that they allow
   * by default, 15 minutes.
   */
  private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(10);

  /** How a batch becomes records. */
  @FunctionalInterface
  public interface Records<T> extends Serializable {
    /** Hands the records of a batch to {@code send}, in order. */
    void of(List<T> batch, Consumer<ProducerRecord<byte[], byte[]>> send);
  }

  private final KafkaAddress kafka;
  private final Records<T> records;
  private final String fencedAs;

  private transient SinkTask task;
  private transient volatile KafkaProducer<byte[], byte[]> producer;
  private transient volatile FencedProducer fenced;

  /** A writer whose records may come late, or again. */
  public TopicWriter(KafkaAddress kafka, Records<T> records) {
    this(kafka, records, null);
  }

  private TopicWriter(KafkaAddress kafka, Records<T> records, String fencedAs) {
    this.kafka = kafka;
    this.records = records;
    this.fencedAs = fencedAs;
  }

  /**
   * A writer that brokers refuse once a later run writes. All values of a key must come from one
   * subtask, the same in every run of one parallelism.
   *
   * @param name of those who write this topic: no two jobs that run at once may have the same
   */
  public static <T> TopicWriter<T> toCompacted(
      KafkaAddress kafka, String name, Records<T> records) {
    return new TopicWriter<>(kafka, records, name);
  }

  @Override
  public void assign(SinkTask task) {
    this.task = task;
  }

  @Override
  public void open(MetricGroup metrics) {
    // the producer has metrics of its own
  }

  @Override
  public List<Rejection<T>> write(List<T> batch) throws Exception {
    if (fencedAs == null) {
      writeUnfenced(batch);
    } else {
      writeFenced(batch);
    }
    return List.of();
  }

  private void writeFenced(List<T> batch) throws Exception {
    if (fenced == null) {
      Properties properties = properties();
      properties.setProperty(
          "transaction.timeout.ms", Long.toString(LONGEST_TRANSACTION.toMillis()));
      WriterId id = new WriterId(fencedAs, task.parallelism(), task.subtask());
      fenced = new FencedProducer(properties, id, task.newest());
    }
    if (batch.isEmpty()) {
      fenced.takeOver();
    } else {
      fenced.write(send -> records.of(batch, send));
    }
  }

  private void writeUnfenced(List<T> batch) throws Exception {
    if (producer == null) {
      producer =
          new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer());
    }
    List<Future<RecordMetadata>> sent = new ArrayList<>(batch.size());
    records.of(batch, record -> sent.add(producer.send(record)));
    producer.flush();
    for (Future<RecordMetadata> record : sent) {
      try {
        record.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }

  private Properties properties() {
    Properties properties = kafka.properties();
    // numbers compress by half at best, and in a job's class loader LZ4 is slow, as it is plain
    // Java
    properties.setProperty("compression.type", "none");
    properties.setProperty("linger.ms", "5");
    properties.setProperty("delivery.timeout.ms", "15000");
    properties.setProperty("request.timeout.ms", "10000");
    properties.setProperty("max.block.ms", "10000");
    return properties;
  }

  @Override
  public void close() {
    KafkaProducer<byte[], byte[]> open = producer;
    if (open != null) {
      open.close(Duration.ZERO);
    }
    FencedProducer openFenced = fenced;
    if (openFenced != null) {
      openFenced.close();
    }
  }
}
