package com.shareuptime.streams.ingest.check;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.option.KafkaAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that the job writes, as the brokers know them. */
public final class CdcTopics {
  private static final int ANSWER_SECONDS = 15;

  private CdcTopics() {}

  /**
   * How many partitions the topic of each table has.
   *
   * @throws Refusal if a topic is missing
   * @throws IllegalStateException if the brokers do not answer
   */
  public static Map<CdcTable, Integer> partitions(KafkaAddress kafka) {
    Properties properties = kafka.properties();
    properties.setProperty("default.api.timeout.ms", String.valueOf(ANSWER_SECONDS * 1000));
    properties.setProperty("request.timeout.ms", "5000");
    List<String> names = Stream.of(CdcTable.values()).map(CdcTable::topic).toList();
    try (Admin admin = Admin.create(properties)) {
      Map<String, KafkaFuture<TopicDescription>> answers =
          admin.describeTopics(names).topicNameValues();
      Map<CdcTable, Integer> partitions = new EnumMap<>(CdcTable.class);
      TreeSet<String> missing = new TreeSet<>();
      for (CdcTable table : CdcTable.values()) {
        try {
          partitions.put(
              table,
              answers.get(table.topic()).get(ANSWER_SECONDS, TimeUnit.SECONDS).partitions().size());
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
            throw unreachable(kafka, e.getCause());
          }
          missing.add(table.topic());
        } catch (TimeoutException e) {
          throw unreachable(kafka, e);
        }
      }
      if (!missing.isEmpty()) {
        throw new Refusal(
            "Kafka at %s lacks the topics %s; './streams migrate' creates them"
                .formatted(kafka.bootstrap(), String.join(", ", missing)));
      }
      return partitions;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(kafka, e);
    }
  }

  private static IllegalStateException unreachable(KafkaAddress kafka, Throwable cause) {
    return new IllegalStateException(
        "Kafka at " + kafka.bootstrap() + " does not answer: " + cause, cause);
  }
}
