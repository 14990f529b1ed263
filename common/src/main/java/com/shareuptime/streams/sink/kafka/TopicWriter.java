package com.shareuptime.streams.sink.kafka;

import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.sink.BatchWriter;
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

/** Sends values to Kafka; a batch is written when the brokers have confirmed all of its records. */
public final class TopicWriter<T> implements BatchWriter<T> {
  private static final long serialVersionUID = 1L;

  /** How a batch becomes records. */
  @FunctionalInterface
  public interface Records<T> extends Serializable {
    /** Hands the records of a batch to {@code send}, in order. */
    void of(List<T> batch, Consumer<ProducerRecord<byte[], byte[]>> send);
  }

  private final KafkaAddress kafka;
  private final Records<T> records;

  private transient volatile KafkaProducer<byte[], byte[]> producer;

  public TopicWriter(KafkaAddress kafka, Records<T> records) {
    this.kafka = kafka;
    this.records = records;
  }

  @Override
  public void open(MetricGroup metrics) {
    // the producer has metrics of its own
  }

  @Override
  public List<Rejection<T>> write(List<T> batch) throws Exception {
    if (producer == null) {
      producer = connect();
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
    return List.of();
  }

  private KafkaProducer<byte[], byte[]> connect() {
    Properties properties = kafka.properties();
    // numbers compress by half at best, and in a job's class loader LZ4 is slow, as it is plain
    // Java
    properties.setProperty("compression.type", "none");
    properties.setProperty("linger.ms", "5");
    properties.setProperty("delivery.timeout.ms", "15000");
    properties.setProperty("request.timeout.ms", "10000");
    properties.setProperty("max.block.ms", "10000");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    KafkaProducer<byte[], byte[]> open = producer;
    if (open != null) {
      open.close(Duration.ZERO);
    }
  }
}
