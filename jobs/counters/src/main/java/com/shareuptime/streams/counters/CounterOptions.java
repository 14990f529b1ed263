package com.shareuptime.streams.counters;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.counters.total.TotalsSettings;
import com.shareuptime.streams.option.JobOptions;
import com.shareuptime.streams.option.OptionException;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/** The options of the counters job, beside where the servers are. */
public final class CounterOptions {
  /** All of these. */
  public static final JobOptions OPTIONS = new JobOptions();

  public static final ConfigOption<CounterMode> MODE =
      OPTIONS.oneOf(
          "counters.mode",
          CounterMode.EVENTS_AND_ROWS,
          "Inputs that counts are made of: events+cdc, events, or cdc.");
  public static final ConfigOption<Duration> GRACE =
      OPTIONS.duration(
          "counters.grace",
          Duration.ofSeconds(30),
          "Largest time between an event and its row. An event without a row is taken back"
              + " after it.");
  public static final ConfigOption<Duration> DEDUPE_HORIZON =
      OPTIONS.add(
          ConfigOptions.key("counters.dedupe.horizon")
              .durationType()
              .noDefaultValue()
              .withDescription(
                  "Time for which an event id is remembered. By default 10 min, and 24 h in the"
                      + " mode 'events', where no row corrects a duplicate."));
  public static final ConfigOption<Duration> MAX_AHEAD =
      OPTIONS.duration(
          "counters.events.max-ahead",
          Duration.ofMinutes(5),
          "Time by which an event's own time may be ahead of the broker's. An event further"
              + " ahead is refused.");
  public static final ConfigOption<EventIsolation> ISOLATION =
      OPTIONS.oneOf(
          "counters.events.isolation",
          EventIsolation.COMMITTED,
          "read_committed: events of aborted transactions never count, and events behind an"
              + " open transaction wait for its end. read_uncommitted: all events count at"
              + " once, those of aborted transactions until the grace has passed.");
  public static final ConfigOption<Duration> LATENESS =
      OPTIONS.duration(
          "counters.windows.lateness",
          Duration.ofHours(1),
          "Time after the end of a minute during which late events correct it.");
  public static final ConfigOption<Integer> BUNDLE_SIZE =
      OPTIONS.number(
          "counters.bundle.size",
          8192,
          "Number of entries at which a bundle of deltas is sent over the network.");
  public static final ConfigOption<Duration> BUNDLE_DELAY =
      OPTIONS.duration(
          "counters.bundle.delay",
          Duration.ofMillis(100),
          "Time after which a bundle of deltas is sent in any case.");
  public static final ConfigOption<Duration> REDIS_FLUSH =
      OPTIONS.duration(
          "counters.redis.flush",
          Duration.ofMillis(150),
          "How often changed counters are written to Redis.");
  public static final ConfigOption<Duration> POSTGRES_FLUSH =
      OPTIONS.duration(
          "counters.postgres.flush",
          Duration.ofSeconds(1),
          "How often changed counters are written to Postgres.");
  public static final ConfigOption<Duration> UPDATES_FLUSH =
      OPTIONS.duration(
          "counters.updates.flush",
          Duration.ofSeconds(1),
          "How often changed counters are sent to the topic counter-updates, and corrections to"
              + " counter-drift.");
  public static final ConfigOption<Duration> MIRROR_INTERVAL =
      OPTIONS.duration(
          "counters.mirror.interval",
          Duration.ZERO,
          "How often the product's own count columns are updated where they differ; 0 for"
              + " never.");
  public static final ConfigOption<Duration> GATE_SPREAD =
      OPTIONS.duration(
          "counters.gate.spread",
          Duration.ofSeconds(2),
          "Time over which touched targets are written after a restart.");
  public static final ConfigOption<Duration> GATE_PATIENCE =
      OPTIONS.duration(
          "counters.gate.patience",
          Duration.ofSeconds(10),
          "Quiet time after which events, or the inputs that a restart reads again, count"
              + " as complete. Then minutes are written by the clock, and a restarted job whose"
              + " source of rows is away or takes a snapshot writes what it has.");
  public static final ConfigOption<Duration> BOOTSTRAP_SPREAD =
      OPTIONS.add(
          ConfigOptions.key("counters.gate.bootstrap-spread")
              .durationType()
              .noDefaultValue()
              .withDescription(
                  "Time over which targets are first written after a start without state. By"
                      + " default one second for every 50,000 posts and reels of the source."));
  public static final ConfigOption<Duration> TOMBSTONE_RETENTION =
      OPTIONS.duration(
          "counters.tombstone.retention",
          Duration.ofDays(8),
          "Time for which deleted rows and targets are remembered: longer than the longest"
              + " replay.");

  public static final ConfigOption<Duration> MAX_STATE_AGE =
      OPTIONS.duration(
          "counters.restore.max-age",
          Duration.ofDays(7),
          "Largest age of a state from which the job starts: at most delete.retention.ms of"
              + " the cdc topics.");

  private static final Duration HORIZON = Duration.ofMinutes(10);
  private static final Duration HORIZON_OF_EVENTS_ALONE = Duration.ofHours(24);

  private CounterOptions() {}

  /** How long an event id is remembered, as the mode asks where the option is silent. */
  static Duration dedupeHorizon(ReadableConfig options) {
    return options
        .getOptional(DEDUPE_HORIZON)
        .orElse(options.get(MODE).usesRows() ? HORIZON : HORIZON_OF_EVENTS_ALONE);
  }

  /**
   * Which columns of other tables have the counts, no model says.
   *
   * @throws OptionException if counts are to be mirrored, and ids are none of the tables with the
   *     columns
   */
  static void requireColumnsToMirror(ReadableConfig options, IdKinds kinds) {
    if (!options.get(MIRROR_INTERVAL).isZero() && kinds.targets() != IdKind.NUMBER) {
      throw new OptionException(
          "option '%s' is for public.posts and public.reels as the contract has them, with ids that are numbers; here they are %s and %s: leave it at 0"
              .formatted(MIRROR_INTERVAL.key(), kinds.posts().sql(), kinds.reels().sql()));
    }
  }

  /**
   * @param bootstrapSpread used where the option is silent
   */
  static TotalsSettings totals(ReadableConfig options, Duration bootstrapSpread) {
    return new TotalsSettings(
        options.get(MODE),
        options.get(GRACE).toSeconds(),
        options.getOptional(BOOTSTRAP_SPREAD).orElse(bootstrapSpread).toMillis(),
        options.get(GATE_SPREAD).toMillis(),
        options.get(GATE_PATIENCE).toMillis(),
        options.get(TOMBSTONE_RETENTION).toMillis(),
        options.get(MAX_STATE_AGE));
  }
}
