package com.shareuptime.streams.feeds;

import com.shareuptime.streams.feeds.audience.AudienceSettings;
import com.shareuptime.streams.feeds.fanout.FanOutSettings;
import com.shareuptime.streams.option.JobOptions;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/** The options of the feeds job, beside where the servers are. */
public final class FeedOptions {
  /** All of these. */
  public static final JobOptions OPTIONS = new JobOptions();

  public static final ConfigOption<Duration> ACTIVITY_WINDOW =
      OPTIONS.duration(
          "feeds.activity.window",
          Duration.ofDays(30),
          "Time after the last activity for which a user has a feed.");
  public static final ConfigOption<Integer> CELEBRITY_THRESHOLD =
      OPTIONS.number(
          "feeds.celebrity.threshold",
          10_000,
          "Active followers above which an author's posts are pulled by readers instead of"
              + " pushed into feeds; below 80 % of it they are pushed again.");
  public static final ConfigOption<Integer> FEED_SIZE =
      OPTIONS.number("feeds.feed.size", 800, "Entries that a feed keeps in Redis.");
  public static final ConfigOption<Integer> TIMELINE_SIZE =
      OPTIONS.number("feeds.timeline.size", 100, "Posts that an author's timeline keeps.");
  public static final ConfigOption<Integer> JOINS_PER_SECOND =
      OPTIONS.number(
          "feeds.returns.joins-per-second",
          20_000,
          "Authors a second that each subtask asks for the posts of returning users.");
  public static final ConfigOption<Duration> REDIS_FLUSH =
      OPTIONS.duration(
          "feeds.redis.flush",
          Duration.ofMillis(100),
          "How often deliveries are written to Redis.");
  public static final ConfigOption<Duration> DELIVERIES_FLUSH =
      OPTIONS.duration(
          "feeds.deliveries.flush",
          Duration.ofMillis(200),
          "How often deliveries are sent to the topic feed-deliveries.");
  public static final ConfigOption<Duration> GATE_SPREAD =
      OPTIONS.duration(
          "feeds.gate.spread",
          Duration.ofSeconds(10),
          "Time over which feeds and timelines are first filled after a start without state.");
  public static final ConfigOption<Duration> TOMBSTONE_RETENTION =
      OPTIONS.duration(
          "feeds.tombstone.retention",
          Duration.ofDays(8),
          "Time for which deleted rows are remembered: longer than the longest replay.");

  private FeedOptions() {}

  /**
   * @param startedAt when the job is submitted, epoch milliseconds
   */
  static AudienceSettings audience(ReadableConfig options, long startedAt) {
    return new AudienceSettings(
        options.get(ACTIVITY_WINDOW).toMillis(),
        options.get(FEED_SIZE),
        options.get(TIMELINE_SIZE),
        options.get(JOINS_PER_SECOND),
        options.get(TOMBSTONE_RETENTION).toMillis(),
        startedAt,
        options.get(GATE_SPREAD).toMillis());
  }

  static FanOutSettings fanOut(ReadableConfig options) {
    return new FanOutSettings(
        options.get(CELEBRITY_THRESHOLD),
        options.get(TIMELINE_SIZE),
        options.get(GATE_SPREAD).toMillis());
  }
}
