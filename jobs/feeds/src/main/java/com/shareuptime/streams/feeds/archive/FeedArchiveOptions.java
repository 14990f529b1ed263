package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.option.ConnectionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of the feed archive job, beside where the servers are. */
public final class FeedArchiveOptions {
  public static final ConfigOption<Duration> FLUSH =
      ConfigOptions.key("feeds.archive.flush")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withDescription("How often deliveries are written to Postgres.");
  public static final ConfigOption<Duration> RETENTION =
      ConfigOptions.key("feeds.archive.retention")
          .durationType()
          .defaultValue(Duration.ofDays(90))
          .withDescription(
              "Largest age of a post in user_feeds, a week or more. Older weeks are dropped,"
                  + " older posts are not written.");
  public static final ConfigOption<Integer> WEEKS_AHEAD =
      ConfigOptions.key("feeds.archive.weeks-ahead")
          .intType()
          .defaultValue(4)
          .withDescription(
              "Weeks ahead for which user_feeds has partitions, 1 to 52. A post beyond them is"
                  + " refused.");

  private FeedArchiveOptions() {}

  /** All options of the job. */
  public static List<ConfigOption<?>> all() {
    List<ConfigOption<?>> all = new ArrayList<>(ConnectionOptions.all());
    all.addAll(own());
    return all;
  }

  /** Those that are not about servers. */
  public static List<ConfigOption<?>> own() {
    return List.of(FLUSH, RETENTION, WEEKS_AHEAD);
  }
}
