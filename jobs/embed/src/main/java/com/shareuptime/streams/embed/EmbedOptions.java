package com.shareuptime.streams.embed;

import com.shareuptime.streams.embed.vector.VectorSettings;
import com.shareuptime.streams.option.ConnectionOptions;
import com.shareuptime.streams.option.OptionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/** The options of the embed job, beside where the servers are. */
public final class EmbedOptions {
  public static final ConfigOption<Integer> THREADS =
      ConfigOptions.key("embed.threads")
          .intType()
          .defaultValue(1)
          .withDescription("Threads of each subtask that compute vectors.");
  public static final ConfigOption<Integer> BATCH =
      ConfigOptions.key("embed.batch")
          .intType()
          .defaultValue(32)
          .withDescription(
              "Largest number of texts that are computed together. A checkpoint waits for one"
                  + " batch.");
  public static final ConfigOption<Duration> LINGER =
      duration("embed.linger", Duration.ofMillis(100))
          .withDescription("Longest time for which a text waits for others to be computed with.");
  public static final ConfigOption<Duration> TOMBSTONE_RETENTION =
      duration("embed.tombstone.retention", Duration.ofDays(8))
          .withDescription(
              "Time for which deleted documents are remembered: longer than the longest replay.");
  public static final ConfigOption<Duration> MAX_STATE_AGE =
      duration("embed.max-state-age", Duration.ofDays(6))
          .withDescription(
              "Largest age of a state from which the job starts. An older one is refused: the"
                  + " topics have forgotten deletes since.");

  private EmbedOptions() {}

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
    return List.of(THREADS, BATCH, LINGER, TOMBSTONE_RETENTION, MAX_STATE_AGE);
  }

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
