package com.shareuptime.streams.search;

import com.shareuptime.streams.option.ConnectionOptions;
import com.shareuptime.streams.search.document.CountPace;
import com.shareuptime.streams.search.document.DocumentSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/** The options of the search job, beside where the servers are. */
public final class SearchOptions {
  public static final ConfigOption<String> RUN =
      ConfigOptions.key("search.run")
          .stringType()
          .defaultValue("search")
          .withDescription(
              "Name of this run. It writes the indexes that streams.search_indexes assigns to"
                  + " it. A reindex is a second run with a name of its own.");
  public static final ConfigOption<SearchMode> MODE =
      ConfigOptions.key("search.mode")
          .enumType(SearchMode.class)
          .defaultValue(SearchMode.CDC)
          .withDescription(
              "Source of posts: cdc, or events, which publish no progress. Change it only"
                  + " together with a start without state.");
  public static final ConfigOption<Duration> FLUSH =
      duration("search.flush", Duration.ofMillis(500))
          .withDescription("How often changed documents are written and made visible to searches.");
  public static final ConfigOption<Duration> MIN_INTERVAL =
      duration("counters.min-interval", Duration.ofSeconds(10))
          .withDescription(
              "Shortest time between two writes of a document for counts that have moved by a"
                  + " tenth or more.");
  public static final ConfigOption<Duration> MAX_STALENESS =
      duration("counters.max-staleness", Duration.ofSeconds(60))
          .withDescription("Time within which every changed count is in its document.");
  public static final ConfigOption<Integer> RENAMES_PER_SECOND =
      ConfigOptions.key("search.author-changes.per-second")
          .intType()
          .defaultValue(1_000)
          .withDescription(
              "Documents a second that each subtask updates after a change of an author with"
                  + " many documents.");
  public static final ConfigOption<Duration> GATE_SPREAD =
      duration("search.gate.spread", Duration.ofSeconds(2))
          .withDescription("Time over which touched documents are written after a restart.");
  public static final ConfigOption<Duration> BOOTSTRAP_SPREAD =
      duration("search.gate.bootstrap-spread", Duration.ofSeconds(10))
          .withDescription(
              "Time over which all documents are written after a start without state.");
  public static final ConfigOption<Duration> GATE_PATIENCE =
      duration("search.gate.patience", Duration.ofSeconds(10))
          .withDescription(
              "Quiet time after which a replay counts as complete in a restarted job whose"
                  + " source of rows is away. Then the job writes what it has.");
  public static final ConfigOption<Duration> TOMBSTONE_RETENTION =
      duration("search.tombstone.retention", Duration.ofDays(8))
          .withDescription(
              "Time for which deleted documents are remembered: longer than the longest replay.");
  public static final ConfigOption<Duration> MAX_STATE_AGE =
      duration("search.max-state-age", Duration.ofDays(6))
          .withDescription(
              "Largest age of a state from which the job starts. An older one is refused: the"
                  + " topics have forgotten deletes since.");

  public static final ConfigOption<Boolean> VECTORS =
      ConfigOptions.key("search.vectors")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether documents have the vectors that the job embed computes, for semantic"
                  + " search.");

  private SearchOptions() {}

  private static ConfigOption<Duration> duration(String key, Duration value) {
    return ConfigOptions.key(key).durationType().defaultValue(value);
  }

  /** All options of the job. */
  public static List<ConfigOption<?>> all() {
    List<ConfigOption<?>> all = new ArrayList<>(ConnectionOptions.all());
    all.addAll(own());
    return all;
  }

  /** Those that are not about servers. */
  public static List<ConfigOption<?>> own() {
    return List.of(
        RUN,
        MODE,
        FLUSH,
        MIN_INTERVAL,
        MAX_STALENESS,
        RENAMES_PER_SECOND,
        GATE_SPREAD,
        BOOTSTRAP_SPREAD,
        GATE_PATIENCE,
        TOMBSTONE_RETENTION,
        MAX_STATE_AGE,
        VECTORS);
  }

  static DocumentSettings documents(ReadableConfig options) {
    return new DocumentSettings(
        new CountPace(options.get(MIN_INTERVAL), options.get(MAX_STALENESS)),
        options.get(GATE_SPREAD).toMillis(),
        options.get(BOOTSTRAP_SPREAD).toMillis(),
        options.get(GATE_PATIENCE).toMillis(),
        options.get(TOMBSTONE_RETENTION).toMillis(),
        options.get(MAX_STATE_AGE).toMillis(),
        options.get(VECTORS),
        options.get(MODE));
  }
}
