package com.shareuptime.streams.source;

import com.shareuptime.streams.option.KafkaAddress;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Where the records of partitions end. */
@FunctionalInterface
interface TopicEnds extends Serializable {

  /**
   * The offset behind the last record of each partition that a reader is given; 0 if there is none.
   * Where a topic is written in transactions, that is below the partition's own end, which is
   * behind the mark of the last commit.
   *
   * @throws Exception if the brokers do not answer
   */
  Map<TopicPartition, Long> of(Collection<TopicPartition> partitions) throws Exception;

  /** As the brokers have it when they are asked. */
  static TopicEnds in(KafkaAddress kafka) {
    return partitions -> {
      try (var log = new TailReader(kafka)) {
        return log.ends(partitions);
      }
    };
  }

  /** Reads the end of a partition backwards until a record is in it. */
  final class TailReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(100);

    /** More than the marks that usually follow the last record. */
    private static final long FIRST_LOOK = 64;

    private static final long FURTHER = 8;

    private final KafkaConsumer<byte[], byte[]> consumer;

    private TailReader(KafkaAddress kafka) {
      Properties properties = kafka.consumerProperties();
      properties.setProperty("enable.auto.commit", "false");
      properties.setProperty("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
      consumer =
          new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> found = new HashMap<>();
      for (TopicPartition partition : partitions) {
        found.put(partition, behindLast(partition, begins.get(partition), ends.get(partition)));
      }
      return found;
    }

    private long behindLast(TopicPartition partition, long begin, long end) {
      long last = 0;
      long from = end;
      for (long look = FIRST_LOOK; last == 0 && from > begin; look *= FURTHER) {
        from = Math.max(begin, end - look);
        last = behindLastFrom(partition, from, end);
      }
      return last;
    }

    private long behindLastFrom(TopicPartition partition, long from, long end) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      long behind = 0;
      consumer.assign(List.of(partition));
      consumer.seek(partition, from);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          behind = record.offset() < end ? record.offset() + 1 : behind;
        }
        if (System.nanoTime() > deadline) {
          throw new TimeoutException("the end of " + partition + " was not read in " + PATIENCE);
        }
      }
      return behind;
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
