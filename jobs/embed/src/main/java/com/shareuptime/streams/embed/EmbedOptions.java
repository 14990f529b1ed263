package com.shareuptime.streams.embed;

import com.shareuptime.streams.embed.vector.VectorSettings;
import com.shareuptime.streams.option.JobOptions;
import com.shareuptime.streams.option.OptionException;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/** The options of the embed job, beside where the servers are. */
public final class EmbedOptions {
  /** All of these. */
  public static final JobOptions OPTIONS = new JobOptions();

  public static final ConfigOption<Integer> THREADS =
      OPTIONS.number("embed.threads", 1, "Threads of each subtask that compute vectors.");
  public static final ConfigOption<Integer> BATCH =
      OPTIONS.number(
          "embed.batch",
          32,
          "Largest number of texts that are computed together. A checkpoint waits for one"
              + " batch.");
  public static final ConfigOption<Duration> LINGER =
      OPTIONS.duration(
          "embed.linger",
          Duration.ofMillis(100),
          "Longest time for which a text waits for others to be computed with.");
  public static final ConfigOption<Duration> TOMBSTONE_RETENTION =
      OPTIONS.duration(
          "embed.tombstone.retention",
          Duration.ofDays(8),
          "Time for which deleted documents are remembered: longer than the longest replay.");
  public static final ConfigOption<Duration> MAX_STATE_AGE =
      OPTIONS.duration(
          "embed.max-state-age",
          Duration.ofDays(6),
          "Largest age of a state from which the job starts. An older one is refused: the"
              + " topics have forgotten deletes since.");

  private EmbedOptions() {}

  static VectorSettings vectors(ReadableConfig options) {
    return new VectorSettings(
        positive(options, THREADS),
        positive(options, BATCH),
        options.get(LINGER).toMillis(),
        options.get(TOMBSTONE_RETENTION).toMillis(),
        options.get(MAX_STATE_AGE).toMillis());
  }

  private static int positive(ReadableConfig options, ConfigOption<Integer> option) {
    int value = options.get(option);
    if (value < 1) {
      throw new OptionException(
          "option '%s' must be above 0, not %d".formatted(option.key(), value));
    }
    return value;
  }
}
