package com.shareuptime.streams.ingest.check;

import com.shareuptime.streams.option.KafkaAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that the job writes, as the brokers know them. */
public final class CdcTopics {
  private static final int ANSWER_SECONDS = 15;
  private static final String LARGEST = "max.message.bytes";

  private CdcTopics() {}

  /**
   * How many partitions the topic of each entity has.
   *
   * @param entities their names
   * @throws Refusal if a topic is missing
   * @throws IllegalStateException if the brokers do not answer
   */
  public static Map<String, Integer> partitions(KafkaAddress kafka, List<String> entities) {
    List<String> names = entities.stream().map(CdcTopics::topic).toList();
    try (Admin admin = Admin.create(properties(kafka))) {
      Map<String, KafkaFuture<TopicDescription>> answers =
          admin.describeTopics(names).topicNameValues();
      Map<String, Integer> partitions = new LinkedHashMap<>();
      TreeSet<String> missing = new TreeSet<>();
      for (String entity : entities) {
        try {
          partitions.put(
              entity,
              answers.get(topic(entity)).get(ANSWER_SECONDS, TimeUnit.SECONDS).partitions().size());
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
            throw unreachable(kafka, e.getCause());
          }
          missing.add(topic(entity));
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

  /**
   * Checks that the topics take records of this size: a record that a broker refuses stops the job.
   *
   * @param entities whose topics are meant
   * @throws Refusal if one does not
   * @throws IllegalStateException if the brokers do not answer
   */
  public static void requireRoom(KafkaAddress kafka, List<String> entities, long bytes) {
    List<ConfigResource> topics =
        entities.stream()
            .map(entity -> new ConfigResource(ConfigResource.Type.TOPIC, topic(entity)))
            .toList();
    TreeSet<String> narrow = new TreeSet<>();
    try (Admin admin = Admin.create(properties(kafka))) {
      admin
          .describeConfigs(topics)
          .all()
          .get(ANSWER_SECONDS, TimeUnit.SECONDS)
          .forEach(
              (topic, config) -> {
                if (Long.parseLong(config.get(LARGEST).value()) < bytes) {
                  narrow.add(topic.name());
                }
              });
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return; // not to be known
      }
      throw unreachable(kafka, e.getCause());
    } catch (TimeoutException e) {
      throw unreachable(kafka, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(kafka, e);
    }
    if (!narrow.isEmpty()) {
      throw new Refusal(
          "the topics %s refuse records of %d bytes, which 'ingest.largest-row' allows: './streams migrate' sets the default, or: kafka-configs.sh --bootstrap-server %s --alter --entity-type topics --entity-name … --add-config %s=%d"
              .formatted(String.join(", ", narrow), bytes, kafka.bootstrap(), LARGEST, bytes));
    }
  }

  /** The topic with the rows of an entity. */
  public static String topic(String entity) {
    return "cdc." + entity;
  }

  private static Properties properties(KafkaAddress kafka) {
    Properties properties = kafka.properties();
    properties.setProperty("default.api.timeout.ms", String.valueOf(ANSWER_SECONDS * 1000));
    properties.setProperty("request.timeout.ms", "5000");
    return properties;
  }

  private static IllegalStateException unreachable(KafkaAddress kafka, Throwable cause) {
    return new IllegalStateException(
        "Kafka at " + kafka.bootstrap() + " does not answer: " + cause, cause);
  }
}
