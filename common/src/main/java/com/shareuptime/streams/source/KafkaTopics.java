package com.shareuptime.streams.source;

import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.OptionException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** The topics that a Kafka cluster had when it was asked, and their partition counts. */
public final class KafkaTopics {
  private static final String TIMEOUT_MILLIS = "15000";

  private final String bootstrap;
  private final Map<String, Integer> partitions;

  private KafkaTopics(String bootstrap, Map<String, Integer> partitions) {
    this.bootstrap = bootstrap;
    this.partitions = partitions;
  }

  /** Topics and partition counts that are known already. */
  public static KafkaTopics known(String bootstrap, Map<String, Integer> partitions) {
    return new KafkaTopics(bootstrap, Map.copyOf(partitions));
  }

  /**
   * Asks the brokers.
   *
   * @throws OptionException if they do not answer
   */
  public static KafkaTopics of(KafkaAddress kafka) {
    Properties properties = kafka.properties();
    properties.setProperty("default.api.timeout.ms", TIMEOUT_MILLIS);
    properties.setProperty("request.timeout.ms", TIMEOUT_MILLIS);
    try (Admin admin = Admin.create(properties)) {
      Map<String, Integer> partitions = new HashMap<>();
      for (TopicDescription topic :
          admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get().values()) {
        partitions.put(topic.name(), topic.partitions().size());
      }
      return new KafkaTopics(kafka.bootstrap(), partitions);
    } catch (ExecutionException e) {
      throw new OptionException(
          "Kafka at '%s' (option 'kafka.bootstrap') does not answer: %s"
              .formatted(kafka.bootstrap(), e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OptionException("interrupted while asking Kafka for its topics");
    }
  }

  /**
   * Demands that topics are there.
   *
   * @throws OptionException naming those that are not, and the command that makes them
   */
  public void require(Collection<String> names) {
    List<String> missing = names.stream().filter(name -> !partitions.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new OptionException(
          "Kafka at '%s' lacks the topics %s: run ./streams migrate".formatted(bootstrap, missing));
    }
  }

  /** How many partitions a topic has that {@link #require} has passed. */
  public int partitions(String topic) {
    return partitions.get(topic);
  }
}
