package com.shareuptime.streams.contract;

import java.util.Set;

/** Keys of the settings that say where servers are, and who may ask them: the same for all jobs. */
public final class AddressKeys {
  public static final String SOURCE_URL = "postgres.source.url";
  public static final String SOURCE_USER = "postgres.source.user";
  public static final String SOURCE_PASSWORD_FILE = "postgres.source.password-file";
  public static final String SINK_URL = "postgres.sink.url";
  public static final String SINK_USER = "postgres.sink.user";
  public static final String SINK_PASSWORD_FILE = "postgres.sink.password-file";
  public static final String KAFKA_BOOTSTRAP = "kafka.bootstrap";
  public static final String KAFKA_PROPERTIES_FILE = "kafka.properties-file";
  public static final String REDIS_URL = "redis.url";
  public static final String REDIS_PASSWORD_FILE = "redis.password-file";
  public static final String OPENSEARCH_URL = "opensearch.url";
  public static final String OPENSEARCH_USER = "opensearch.user";
  public static final String OPENSEARCH_PASSWORD_FILE = "opensearch.password-file";

  /** All that jobs take. */
  public static final Set<String> ALL =
      Set.of(
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

  /** The REST address of the cluster in the file of a local stack; no job takes it. */
  public static final String FLINK_URL = "flink.url";

  private AddressKeys() {}
}
