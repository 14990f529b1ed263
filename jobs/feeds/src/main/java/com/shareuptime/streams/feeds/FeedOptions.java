package com.shareuptime.streams.feeds;

import com.shareuptime.streams.feeds.audience.AudienceSettings;
import com.shareuptime.streams.feeds.fanout.FanOutSettings;
import com.shareuptime.streams.option.ConnectionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/** The options of the feeds job, beside where the servers are. */
public final class FeedOptions {
  public static final ConfigOption<Duration> ACTIVITY_WINDOW =
      duration("feeds.activity.window", Duration.ofDays(30))
          .withDescription("Time after the last activity for which a user has a feed.");
  public static final ConfigOption<Integer> CELEBRITY_THRESHOLD =
      number("feeds.celebrity.threshold", 10_000)
          .withDescription(
              "Active followers above which an author's posts are pulled by readers instead of"
                  + " pushed into feeds; below 80 % of it they are pushed again.");
  public static final ConfigOption<Integer> FEED_SIZE =
      number("feeds.feed.size", 800).withDescription("Entries that a feed keeps in Redis.");
  public static final ConfigOption<Integer> TIMELINE_SIZE =
      number("feeds.timeline.size", 100).withDescription("Posts that an author's timeline keeps.");
  public static final ConfigOption<Integer> JOINS_PER_SECOND =
      number("feeds.returns.joins-per-second", 20_000)
          .withDescription(
              "Authors a second that each subtask asks for the posts of returning users.");
  public static final ConfigOption<Duration> REDIS_FLUSH =
      duration("feeds.redis.flush", Duration.ofMillis(100))
          .withDescription("How often deliveries are written to Redis.");
  public static final ConfigOption<Duration> DELIVERIES_FLUSH =
      duration("feeds.deliveries.flush", Duration.ofMillis(200))
          .withDescription("How often deliveries are sent to the topic feed-deliveries.");
  public static final ConfigOption<Duration> GATE_SPREAD =
      duration("feeds.gate.spread", Duration.ofSeconds(10))
          .withDescription(
              "Time over which feeds and timelines are first filled after a start without state.");
  public static final ConfigOption<Duration> TOMBSTONE_RETENTION =
      duration("feeds.tombstone.retention", Duration.ofDays(8))
          .withDescription(
              "Time for which deleted rows are remembered: longer than the longest replay.");

  private FeedOptions() {}

  private static ConfigOption<Duration> duration(String key, Duration value) {
    return ConfigOptions.key(key).durationType().defaultValue(value);
  }

  private static ConfigOption<Integer> number(String key, int value) {
    return ConfigOptions.key(key).intType().defaultValue(value);
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
        ACTIVITY_WINDOW,
        CELEBRITY_THRESHOLD,
        FEED_SIZE,
        TIMELINE_SIZE,
        JOINS_PER_SECOND,
        REDIS_FLUSH,
        DELIVERIES_FLUSH,
        GATE_SPREAD,
        TOMBSTONE_RETENTION);
  }

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
