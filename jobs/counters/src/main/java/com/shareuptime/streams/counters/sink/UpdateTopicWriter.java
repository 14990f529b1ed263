package com.shareuptime.streams.counters.sink;

import com.shareuptime.streams.counters.total.CounterUpdate;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.sink.BatchWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends counters to the compacted topic {@code counter-updates}, keyed {@code post:42}. A reader
 * ignores what is not newer than the version it has.
 */
final class UpdateTopicWriter implements BatchWriter<CounterUpdate> {
  private static final long serialVersionUID = 1L;

  static final String TOPIC = "counter-updates";

  private final KafkaAddress kafka;

  private transient volatile KafkaProducer<byte[], byte[]> producer;

  UpdateTopicWriter(KafkaAddress kafka) {
    this.kafka = kafka;
  }

  @Override
  public void open(MetricGroup metrics) {
    // the producer has metrics of its own
  }

  @Override
  public List<Rejection<CounterUpdate>> write(List<CounterUpdate> batch) throws Exception {
    if (producer == null) {
      producer = connect();
    }
    List<Future<RecordMetadata>> sent = new ArrayList<>(batch.size());
    for (CounterUpdate update : batch) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  TOPIC,
                  update.target().text().getBytes(StandardCharsets.US_ASCII),
                  json(update).getBytes(StandardCharsets.US_ASCII))));
    }
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
    properties.setProperty("compression.type", "lz4");
    properties.setProperty("linger.ms", "5");
    properties.setProperty("delivery.timeout.ms", "15000");
    properties.setProperty("request.timeout.ms", "10000");
    properties.setProperty("max.block.ms", "10000");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static String json(CounterUpdate update) {
    // not a format string: that took half of this writer's time
    return new StringBuilder(192)
        .append("{\"target\":\"")
        .append(update.target().type().text())
        .append("\",\"target_id\":")
        .append(update.target().id())
        .append(",\"likes_count\":")
        .append(update.likes())
        .append(",\"comments_count\":")
        .append(update.comments())
        .append(",\"shares_count\":")
        .append(update.shares())
        .append(",\"version\":")
        .append(update.version())
        .append(",\"as_of\":\"")
        .append(Instant.ofEpochMilli(update.asOf()))
        .append(update.gone() ? "\",\"deleted\":true}" : "\"}")
        .toString();
  }

  @Override
  public void close() {
    KafkaProducer<byte[], byte[]> open = producer;
    if (open != null) {
      open.close(Duration.ZERO);
    }
  }
}
