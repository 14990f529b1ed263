package com.shareuptime.streams.sink.kafka;

import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.sink.SinkTask;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A topic of its own for a test: values are texts, of which the part before ':' is the key. */
record KeyedTopic(KafkaAddress kafka, String name) {
  private static final int PARTITIONS = 3;

  static KeyedTopic create(KafkaAddress kafka, String name) throws Exception {
    try (Admin admin = Admin.create(kafka.properties())) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name, PARTITIONS, (short) 1)
                      .configs(Map.of("cleanup.policy", "compact"))))
          .all()
          .get();
    }
    return new KeyedTopic(kafka, name);
  }

  /** A fenced writer of subtask {@code subtask} of {@code parallelism}. */
  TopicWriter<String> writer(int subtask, int parallelism, SinkTask.NewestAttempt newest) {
    String topic = name;
    TopicWriter<String> writer =
        TopicWriter.toCompacted(
            kafka,
            name,
            (batch, send) -> batch.forEach(value -> send.accept(record(topic, value))));
    writer.assign(new SinkTask(subtask, parallelism, newest));
    return writer;
  }

  static ProducerRecord<byte[], byte[]> record(String topic, String value) {
    String key = value.substring(0, value.indexOf(':'));
    return new ProducerRecord<>(
        topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }

  /** What compaction would keep, aborted records left out: the last value of each key. */
  Map<String, String> last() {
    return last("read_committed");
  }

  /** The same as a reader sees it that asks for no isolation. */
  Map<String, String> lastUncommitted() {
    return last("read_uncommitted");
  }

  private Map<String, String> last(String isolation) {
    Properties properties = kafka.properties();
    properties.setProperty("isolation.level", isolation);
    Map<String, String> last = new TreeMap<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(name).stream()
              .map(info -> new TopicPartition(name, info.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> open = new HashMap<>(consumer.endOffsets(all));
      while (open.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
          last.put(record.key(), record.value());
        }
      }
    }
    return last;
  }
}
