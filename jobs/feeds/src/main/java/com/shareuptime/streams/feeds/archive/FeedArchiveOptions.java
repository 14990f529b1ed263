package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.option.JobOptions;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;

/** The options of the feed archive job, beside where the servers are. */
public final class FeedArchiveOptions {
  /** All of these. */
  public static final JobOptions OPTIONS = new JobOptions();

  public static final ConfigOption<Duration> FLUSH =
      OPTIONS.duration(
          "feeds.archive.flush",
          Duration.ofSeconds(1),
          "How often deliveries are written to Postgres.");
  public static final ConfigOption<Duration> RETENTION =
      OPTIONS.duration(
          "feeds.archive.retention",
          Duration.ofDays(90),
          "Largest age of a post in user_feeds, a week or more. Older weeks are dropped,"
              + " older posts are not written.");
  public static final ConfigOption<Integer> WEEKS_AHEAD =
      OPTIONS.number(
          "feeds.archive.weeks-ahead",
          4,
          "Weeks ahead for which user_feeds has partitions, 1 to 52. A post beyond them is"
              + " refused.");

  private FeedArchiveOptions() {}
}
