package com.shareuptime.streams.proof.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What has been announced since it was opened, added up as a careful consumer does. */
final class SentEvents implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Consumer<byte[], byte[]> consumer;
  private final IdKinds kinds;

  SentEvents(Product product) {
    kinds = product.kinds();
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                product.addresses().kafkaBootstrap(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        List.of("likes-events", "comments-events", "shares-events").stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** The net change by target, each event id counted once. */
  Map<Target, Counts> net() throws IOException {
    Map<Target, Counts> net = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(3));
        !records.isEmpty();
        records = consumer.poll(Duration.ofSeconds(2))) {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        JsonNode event = JSON.readTree(record.value());
        if (seen.add(event.get("event_id").asText())) {
          Target.Type type = Target.Type.of(event.get("target").asText());
          net.merge(
              new Target(type, kinds.of(type).read(event.get("target_id"))),
              change(event.get("type").asText(), event.get("action").asText()),
              (a, b) -> Counts.of(CountedView.CANONICAL, counter -> a.of(counter) + b.of(counter)));
        }
      }
    }
    return net;
  }

  private static Counts change(String type, String action) {
    int by = action.equals("create") ? 1 : -1;
    return switch (type) {
      case "like" -> Counts.of(by, 0, 0);
      case "comment" -> Counts.of(0, by, 0);
      default -> Counts.of(0, 0, by);
    };
  }

  @Override
  public void close() {
    consumer.close();
  }
}
