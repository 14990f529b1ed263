package com.shareuptime.streams.cli.tail;

import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.cli.settings.Settings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Shows watches the newest records of their topics. The work is bounded by time and by records a
 * topic, whatever the topics hold; a Kafka that is away costs no more than a few seconds.
 */
public record TopicTails(Settings settings) {
  /** Heartbeats are among them, four a second in each partition: 100 minutes of an idle topic. */
  private static final long RECORDS_A_TOPIC = 100_000;

  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final Duration POLL = Duration.ofMillis(100);

  /** What was looked at, topic by topic. */
  public List<Look> show(Collection<? extends RecordFilter> watches) {
    Map<String, RecordFilter> byTopic = new TreeMap<>();
    watches.forEach(watch -> watch.topics().forEach(topic -> byTopic.put(topic, watch)));
    try (Consumer<byte[], byte[]> consumer = Servers.consumer(settings)) {
      Reading reading = new Reading(consumer, byTopic, System.nanoTime() + PATIENCE.toNanos());
      return reading.looks();
    } catch (KafkaException e) {
      String why = "Kafka does not answer: " + e.getMessage();
      return byTopic.entrySet().stream()
          .map(entry -> Look.none(entry.getKey(), entry.getValue().since(), why))
          .toList();
    }
  }

  /** One look at the tails. */
  private static final class Reading {
    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, RecordFilter> watches;
    private final long deadline;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<String, Long> read = new HashMap<>();
    private final Map<String, Long> skipped = new HashMap<>();

    Reading(Consumer<byte[], byte[]> consumer, Map<String, RecordFilter> watches, long deadline) {
      this.consumer = consumer;
      this.watches = watches;
      this.deadline = deadline;
    }

    List<Look> looks() {
      List<Look> looks = new ArrayList<>();
      Map<String, List<TopicPartition>> partitions = new TreeMap<>();
      watches.forEach(
          (topic, watch) -> {
            List<TopicPartition> found =
                consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (found.isEmpty()) {
              looks.add(Look.none(topic, watch.since(), "there is no such topic"));
            } else {
              partitions.put(topic, found);
            }
          });
      begin(partitions);
      read();
      partitions.keySet().forEach(topic -> looks.add(look(topic)));
      return looks;
    }

    private void begin(Map<String, List<TopicPartition>> partitions) {
      List<TopicPartition> all = partitions.values().stream().flatMap(List::stream).toList();
      Map<TopicPartition, Long> since = new HashMap<>();
      all.forEach(one -> since.put(one, watches.get(one.topic()).since().toEpochMilli()));
      Map<TopicPartition, Long> last = consumer.endOffsets(all);
      Map<TopicPartition, OffsetAndTimestamp> first = consumer.offsetsForTimes(since);
      consumer.assign(all);
      for (TopicPartition partition : all) {
        long end = last.get(partition);
        OffsetAndTimestamp found = first.get(partition);
        long wanted = found == null ? end : Math.min(end, found.offset());
        long share = RECORDS_A_TOPIC / partitions.get(partition.topic()).size();
        long from = Math.max(wanted, end - Math.max(1, share));
        skipped.merge(partition.topic(), from - wanted, Long::sum);
        consumer.seek(partition, from);
        ends.put(partition, end);
      }
    }

    private void read() {
      Map<TopicPartition, Long> open = new HashMap<>(ends);
      close(open);
      while (!open.isEmpty() && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          TopicPartition partition = new TopicPartition(record.topic(), record.partition());
          if (record.offset() < ends.get(partition)) {
            watches.get(record.topic()).see(record);
            read.merge(record.topic(), 1L, Long::sum);
          }
        }
        close(open);
      }
    }

    /** What has been read is paused: a busy topic goes on growing. */
    private void close(Map<TopicPartition, Long> open) {
      List<TopicPartition> done =
          open.keySet().stream()
              .filter(partition -> consumer.position(partition) >= open.get(partition))
              .toList();
      consumer.pause(done);
      done.forEach(open::remove);
    }

    private Look look(String topic) {
      long unread =
          ends.entrySet().stream()
              .filter(end -> end.getKey().topic().equals(topic))
              .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
              .sum();
      return new Look(
          topic,
          watches.get(topic).since().truncatedTo(ChronoUnit.MILLIS).toString(),
          read.getOrDefault(topic, 0L),
          skipped.get(topic),
          unread,
          null);
    }
  }
}
