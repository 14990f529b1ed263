package com.shareuptime.streams.option;

import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.flink.configuration.ReadableConfig;

/**
 * A Kafka cluster.
 *
 * @param bootstrap brokers, host:port with commas between
 * @param propertiesFile client properties (security), or null
 */
public record KafkaAddress(String bootstrap, String propertiesFile) implements Serializable {

  /** The cluster that the options name. */
  public static KafkaAddress of(ReadableConfig options) {
    return new KafkaAddress(
        options.get(ConnectionOptions.KAFKA_BOOTSTRAP),
        options.getOptional(ConnectionOptions.KAFKA_PROPERTIES_FILE).orElse(null));
  }

  /**
   * Properties that every client starts from.
   *
   * @throws OptionException if the properties file cannot be read
   */
  public Properties properties() {
    Properties properties = new Properties();
    // nobody asks for these metrics, and to find out costs a formatted string each poll (KIP-714)
    properties.setProperty("enable.metrics.push", "false");
    if (propertiesFile != null) {
      try (Reader reader = Files.newBufferedReader(Path.of(propertiesFile))) {
        properties.load(reader);
      } catch (IOException e) {
        throw new OptionException(
            "option '%s' names '%s', which cannot be read here: %s"
                .formatted(ConnectionOptions.KAFKA_PROPERTIES_FILE.key(), propertiesFile, e));
      }
    }
    properties.setProperty("bootstrap.servers", bootstrap);
    return properties;
  }

  /**
   * The same for readers of several partitions. A broker answers one fetch of a reader at a time,
   * and keeps it waiting while the partitions it names are empty; only the next one names the
   * partition whose backlog was just handed out. So the wait is short, and a fetch is large: else a
   * hot partition beside idle ones is read at one fetch a wait.
   */
  public Properties consumerProperties() {
    Properties properties = properties();
    properties.putIfAbsent("fetch.max.wait.ms", "50");
    properties.putIfAbsent("max.partition.fetch.bytes", Integer.toString(4 << 20));
    properties.putIfAbsent("max.poll.records", "2000");
    return properties;
  }
}
