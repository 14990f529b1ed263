package com.shareuptime.streams.option;

import com.shareuptime.streams.contract.AddressKeys;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Where the servers are. Every job has these; secrets are paths of files. */
public final class ConnectionOptions {
  public static final ConfigOption<String> SOURCE_URL =
      string(AddressKeys.SOURCE_URL, "jdbc:postgresql://127.0.0.1:5432/shareuptime")
          .withDescription("JDBC URL of the product's database, read through logical replication.");
  public static final ConfigOption<String> SOURCE_USER =
      string(AddressKeys.SOURCE_USER, "postgres")
          .withDescription("User of the product's database; needs REPLICATION for ingest.");
  public static final ConfigOption<String> SOURCE_PASSWORD_FILE =
      ConfigOptions.key(AddressKeys.SOURCE_PASSWORD_FILE)
          .stringType()
          .noDefaultValue()
          .withDescription("File that holds the source user's password and nothing else.");
  public static final ConfigOption<String> SINK_URL =
      string(AddressKeys.SINK_URL, "jdbc:postgresql://127.0.0.1:5432/shareuptime")
          .withDescription("JDBC URL of the database that holds the schema 'streams'.");
  public static final ConfigOption<String> SINK_USER =
      string(AddressKeys.SINK_USER, "postgres")
          .withDescription("User that owns the schema 'streams'.");
  public static final ConfigOption<String> SINK_PASSWORD_FILE =
      ConfigOptions.key(AddressKeys.SINK_PASSWORD_FILE)
          .stringType()
          .noDefaultValue()
          .withDescription("File that holds the sink user's password and nothing else.");
  public static final ConfigOption<String> KAFKA_BOOTSTRAP =
      string(AddressKeys.KAFKA_BOOTSTRAP, "127.0.0.1:9092")
          .withDescription("Kafka brokers, host:port, separated by commas.");
  public static final ConfigOption<String> KAFKA_PROPERTIES_FILE =
      ConfigOptions.key(AddressKeys.KAFKA_PROPERTIES_FILE)
          .stringType()
          .noDefaultValue()
          .withDescription("Properties file for every Kafka client: security settings go there.");
  public static final ConfigOption<String> REDIS_URL =
      string(AddressKeys.REDIS_URL, "redis://127.0.0.1:6379/0")
          .withDescription("Redis, redis:// or rediss://host:port/database, without credentials.");
  public static final ConfigOption<String> REDIS_PASSWORD_FILE =
      ConfigOptions.key(AddressKeys.REDIS_PASSWORD_FILE)
          .stringType()
          .noDefaultValue()
          .withDescription("File that holds Redis' password; none where Redis asks for none.");
  public static final ConfigOption<String> OPENSEARCH_URL =
      string(AddressKeys.OPENSEARCH_URL, "http://127.0.0.1:9200")
          .withDescription("OpenSearch, http:// or https://host:port, without credentials.");
  public static final ConfigOption<String> OPENSEARCH_USER =
      ConfigOptions.key(AddressKeys.OPENSEARCH_USER)
          .stringType()
          .noDefaultValue()
          .withDescription("User of OpenSearch; none where it asks for none.");
  public static final ConfigOption<String> OPENSEARCH_PASSWORD_FILE =
      ConfigOptions.key(AddressKeys.OPENSEARCH_PASSWORD_FILE)
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
