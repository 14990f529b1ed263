package com.shareuptime.streams.cli.job;

import com.shareuptime.streams.contract.FlatYaml;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.contract.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A job's settings as {@code key → value}. Later sources win: the job's file in {@code flink-conf},
 * the local stack's addresses, a file of the operator's, single keys of the command line.
 *
 * @param given those that were given key by key for one job, and stand in no file
 */
public record Settings(Map<String, String> values, Map<String, String> given) {
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
  public static final String SEARCH_MODE = "search.mode";
  public static final String SLOT = "ingest.slot";
  public static final String PUBLICATION = "ingest.publication";

  /** Where servers are, and who may ask them: the same for all jobs. */
  private static final Set<String> ADDRESSES =
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

  public Settings {
    values = Map.copyOf(values);
    given = Map.copyOf(given);
  }

  public Settings(Map<String, String> values) {
    this(values, Map.of());
  }

  public static Settings empty() {
    return new Settings(Map.of());
  }

  /** Where the servers of the local stack are. */
  public static Settings of(LocalStack stack) {
    String password = stack.postgresPasswordFile().toString();
    return new Settings(
        Map.of(
            SOURCE_URL, stack.postgresJdbcUrl(),
            SOURCE_USER, stack.postgresUser(),
            SOURCE_PASSWORD_FILE, password,
            SINK_URL, stack.postgresJdbcUrl(),
            SINK_USER, stack.postgresUser(),
            SINK_PASSWORD_FILE, password,
            KAFKA_BOOTSTRAP, stack.kafkaBootstrap(),
            REDIS_URL, stack.redisUrl(),
            OPENSEARCH_URL, stack.openSearchUrl()));
  }

  public static Settings ofFile(Path file) {
    return new Settings(FlatYaml.read(file));
  }

  /** The job's checked-in settings, if it has any. */
  public static Settings ofJob(Path flinkConf, String job) {
    Path file = flinkConf.resolve(job + ".yaml");
    return Files.exists(file) ? ofFile(file) : empty();
  }

  public Settings overriddenBy(Settings other) {
    return new Settings(merged(values, other.values), merged(given, other.given));
  }

  /** These, with single keys that are given for one job: its next runs are to have them too. */
  public Settings given(Map<String, String> keys) {
    return overriddenBy(new Settings(keys, keys));
  }

  private static Map<String, String> merged(Map<String, String> one, Map<String, String> over) {
    Map<String, String> merged = new LinkedHashMap<>(one);
    merged.putAll(over);
    return merged;
  }

  /** Those of them that say where servers are. */
  Settings addresses() {
    Map<String, String> addresses = new LinkedHashMap<>(values);
    addresses.keySet().retainAll(ADDRESSES);
    return new Settings(addresses);
  }

  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  public String demand(String key) {
    return get(key)
        .orElseThrow(
            () ->
                CommandException.usage(
                    "The setting " + key + " is missing.",
                    "Put a line `" + key + ": …` into the file that you give with --config."));
  }

  /** As arguments of a job's main class, sorted by key. */
  public List<String> arguments() {
    return values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(pair -> List.of("--" + pair.getKey(), pair.getValue()).stream())
        .toList();
  }
}
