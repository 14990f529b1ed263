package com.shareuptime.streams.search;

import com.shareuptime.streams.option.JobOptions;
import com.shareuptime.streams.search.document.CountPace;
import com.shareuptime.streams.search.document.DocumentSettings;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/** The options of the search job, beside where the servers are. */
public final class SearchOptions {
  /** All of these. */
  public static final JobOptions OPTIONS = new JobOptions();

  public static final ConfigOption<String> RUN =
      OPTIONS.text(
          "search.run",
          "search",
          "Name of this run. It writes the indexes that streams.search_indexes assigns to"
              + " it. A reindex is a second run with a name of its own.");
  public static final ConfigOption<SearchMode> MODE =
      OPTIONS.oneOf(
          "search.mode",
          SearchMode.CDC,
          "Source of posts: cdc, or events, which publish no progress. Change it only"
              + " together with a start without state.");
  public static final ConfigOption<Duration> FLUSH =
      OPTIONS.duration(
          "search.flush",
          Duration.ofMillis(500),
          "How often changed documents are written and made visible to searches.");
  public static final ConfigOption<Duration> MIN_INTERVAL =
      OPTIONS.duration(
          "counters.min-interval",
          Duration.ofSeconds(10),
          "Shortest time between two writes of a document for counts that have moved by a"
              + " tenth or more.");
  public static final ConfigOption<Duration> MAX_STALENESS =
      OPTIONS.duration(
          "counters.max-staleness",
          Duration.ofSeconds(60),
          "Time within which every changed count is in its document.");
  public static final ConfigOption<Integer> RENAMES_PER_SECOND =
      OPTIONS.number(
          "search.author-changes.per-second",
          1_000,
          "Documents a second that each subtask updates after a change of an author with"
              + " many documents.");
  public static final ConfigOption<Duration> GATE_SPREAD =
      OPTIONS.duration(
          "search.gate.spread",
          Duration.ofSeconds(2),
          "Time over which touched documents are written after a restart.");
  public static final ConfigOption<Duration> BOOTSTRAP_SPREAD =
      OPTIONS.duration(
          "search.gate.bootstrap-spread",
          Duration.ofSeconds(10),
          "Time over which all documents are written after a start without state.");
  public static final ConfigOption<Duration> GATE_PATIENCE =
      OPTIONS.duration(
          "search.gate.patience",
          Duration.ofSeconds(10),
          "Quiet time after which a replay counts as complete in a restarted job whose"
              + " source of rows is away. Then the job writes what it has.");
  public static final ConfigOption<Duration> TOMBSTONE_RETENTION =
      OPTIONS.duration(
          "search.tombstone.retention",
          Duration.ofDays(8),
          "Time for which deleted documents are remembered: longer than the longest replay.");
  public static final ConfigOption<Duration> MAX_STATE_AGE =
      OPTIONS.duration(
          "search.max-state-age",
          Duration.ofDays(6),
          "Largest age of a state from which the job starts. An older one is refused: the"
              + " topics have forgotten deletes since.");

  public static final ConfigOption<Boolean> VECTORS =
      OPTIONS.flag(
          "search.vectors",
          false,
          "Whether documents have the vectors that the job embed computes, for semantic"
              + " search.");

  private SearchOptions() {}

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
