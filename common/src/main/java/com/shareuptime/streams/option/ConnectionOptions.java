package com.shareuptime.streams.option;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Where the servers are. Every job has these; secrets are paths of files. */
public final class ConnectionOptions {
  public static final ConfigOption<String> SOURCE_URL =
      string("postgres.source.url", "jdbc:postgresql://127.0.0.1:5432/shareuptime")
          .withDescription("JDBC URL of the product's database, read through logical replication.");
  public static final ConfigOption<String> SOURCE_USER =
      string("postgres.source.user", "postgres")
          .withDescription("User of the product's database; needs REPLICATION for ingest.");
  public static final ConfigOption<String> SOURCE_PASSWORD_FILE =
      ConfigOptions.key("postgres.source.password-file")
          .stringType()
          .noDefaultValue()
          .withDescription("File that holds the source user's password and nothing else.");
  public static final ConfigOption<String> SINK_URL =
      string("postgres.sink.url", "jdbc:postgresql://127.0.0.1:5432/shareuptime")
          .withDescription("JDBC URL of the database that holds the schema 'streams'.");
  public static final ConfigOption<String> SINK_USER =
      string("postgres.sink.user", "postgres")
          .withDescription("User that owns the schema 'streams'.");
  public static final ConfigOption<String> SINK_PASSWORD_FILE =
      ConfigOptions.key("postgres.sink.password-file")
          .stringType()
          .noDefaultValue()
          .withDescription("File that holds the sink user's password and nothing else.");
  public static final ConfigOption<String> KAFKA_BOOTSTRAP =
      string("kafka.bootstrap", "127.0.0.1:9092")
          .withDescription("Kafka brokers, host:port, separated by commas.");
  public static final ConfigOption<String> KAFKA_PROPERTIES_FILE =
      ConfigOptions.key("kafka.properties-file")
          .stringType()
          .noDefaultValue()
          .withDescription("Properties file for every Kafka client: security settings go there.");
  public static final ConfigOption<String> REDIS_URL =
      string("redis.url", "redis://127.0.0.1:6379/0")
          .withDescription("Redis, redis:// or rediss://host:port/database, without credentials.");
  public static final ConfigOption<String> REDIS_PASSWORD_FILE =
      ConfigOptions.key("redis.password-file")
          .stringType()
          .noDefaultValue()
          .withDescription("File that holds Redis' password; none where Redis asks for none.");
  public static final ConfigOption<String> OPENSEARCH_URL =
      string("opensearch.url", "http://127.0.0.1:9200")
          .withDescription("OpenSearch, http:// or https://host:port, without credentials.");
  public static final ConfigOption<String> OPENSEARCH_USER =
      ConfigOptions.key("opensearch.user")
          .stringType()
          .noDefaultValue()
          .withDescription("User of OpenSearch; none where it asks for none.");
  public static final ConfigOption<String> OPENSEARCH_PASSWORD_FILE =
      ConfigOptions.key("opensearch.password-file")
          .stringType()
          .noDefaultValue()
          .withDescription("File that holds the password of that user and nothing else.");

  private ConnectionOptions() {}

  private static ConfigOption<String> string(String key, String value) {
    return ConfigOptions.key(key).stringType().defaultValue(value);
  }

  /** All of them. */
  public static List<ConfigOption<?>> all() {
    return List.of(
        SOURCE_URL,
        SOURCE_USER,
        SOURCE_PASSWORD_FILE,
        SINK_URL,
        SINK_USER,
        SINK_PASSWORD_FILE,
        KAFKA_BOOTSTRAP,
        KAFKA_PROPERTIES_FILE,
        REDIS_URL,
        REDIS_PASSWORD_FILE,
        OPENSEARCH_URL,
        OPENSEARCH_USER,
        OPENSEARCH_PASSWORD_FILE);
  }
}
