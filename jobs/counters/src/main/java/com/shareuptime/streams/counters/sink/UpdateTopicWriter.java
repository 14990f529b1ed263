package com.shareuptime.streams.counters.sink;

import com.shareuptime.streams.counters.total.CounterUpdate;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.sink.BatchWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    return String.format(
        Locale.ROOT,
        "{\"target\":\"%s\",\"target_id\":%d,\"likes_count\":%d,\"comments_count\":%d,\"shares_count\":%d,\"version\":%d,\"as_of\":\"%s\"%s}",
        update.target().type().text(),
        update.target().id(),
        update.likes(),
        update.comments(),
        update.shares(),
        update.version(),
        Instant.ofEpochMilli(update.asOf()),
        update.gone() ? ",\"deleted\":true" : "");
  }

  @Override
  public void close() {
    KafkaProducer<byte[], byte[]> open = producer;
    if (open != null) {
      open.close(Duration.ZERO);
    }
  }
}
