package com.shareuptime.streams.reconcile;

import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.option.JobOptions;
import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.reconcile.compare.Comparison;
import com.shareuptime.streams.reconcile.plan.Selection;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/** The options of the reconcile job, beside where the servers are. */
public final class ReconcileOptions {
  /** All of these. */
  public static final JobOptions OPTIONS = new JobOptions();

  public static final ConfigOption<List<String>> SURFACES =
      OPTIONS.add(
          ConfigOptions.key("reconcile.surfaces")
              .stringType()
              .asList()
              .defaultValues("counters", "feeds", "search")
              .withDescription(
                  "What to compare: surfaces such as counters.redis, or families of them such as"
                      + " counters, separated by semicolons. Surfaces that one reading of the"
                      + " tables serves are compared together."));
  public static final ConfigOption<Integer> SLICES =
      OPTIONS.number(
          "reconcile.slices",
          1,
          "1 compares everything. n compares an n-th: the parts that were compared longest"
              + " ago.");
  public static final ConfigOption<Boolean> AGAIN =
      OPTIONS.flag(
          "reconcile.again",
          false,
          "Compare only where the last comparison found something wrong or unverified.");
  public static final ConfigOption<Double> SOURCE_LOAD =
      OPTIONS.add(
          ConfigOptions.key("reconcile.source.load")
              .doubleType()
              .defaultValue(0.5)
              .withDescription(
                  "Share of time for which each subtask may keep one connection of the source busy,"
                      + " above 0, at most 1."));
  public static final ConfigOption<Duration> GRACE =
      OPTIONS.duration(
          "reconcile.counters.grace",
          Duration.ofSeconds(35),
          "Time for which a count may contain events without rows: counters.grace and a few"
              + " seconds.");
  public static final ConfigOption<Duration> FEEDS_SETTLE =
      OPTIONS.duration(
          "reconcile.feeds.settle",
          Duration.ofMinutes(1),
          "Time until a feed that is built for a returning user is complete in Redis and in"
              + " Postgres. No commit says when.");
  public static final ConfigOption<Duration> FEEDS_RETENTION =
      OPTIONS.duration(
          "reconcile.feeds.retention",
          Duration.ofDays(80),
          "How far back streams.user_feeds is compared: some days less than"
              + " feeds.archive.retention.");
  public static final ConfigOption<Duration> SEARCH_LAG =
      OPTIONS.duration(
          "reconcile.search.lag",
          Duration.ofSeconds(65),
          "Time by which counts and authors in a document may be behind the progress of"
              + " search: counters.max-staleness and a few seconds, more where authors with"
              + " very many documents change.");
  public static final ConfigOption<Duration> PATIENCE =
      OPTIONS.duration(
          "reconcile.patience",
          Duration.ofMinutes(2),
          "Time for which a row is compared again until it counts as unverified, beyond the"
              + " time in which its surface settles.");

  private ReconcileOptions() {}

  /**
   * Of which surfaces all is to be compared.
   *
   * @throws OptionException if a name is none of a surface
   */
  static Set<Surface> surfaces(ReadableConfig options) {
    Set<Surface> surfaces = EnumSet.noneOf(Surface.class);
    for (String name : options.get(SURFACES)) {
      List<Surface> named =
          Arrays.stream(Surface.values()).filter(surface -> isNamed(surface, name)).toList();
      if (named.isEmpty()) {
        throw new OptionException(
            "option '%s' cannot have '%s': there are counters, feeds and search, and %s"
                .formatted(
                    SURFACES.key(),
                    name,
                    Arrays.stream(Surface.values()).map(Surface::label).toList()));
      }
      surfaces.addAll(named);
    }
    return surfaces;
  }

  private static boolean isNamed(Surface surface, String name) {
    return surface.label().equals(name) || surface.label().startsWith(name + ".");
  }

  static Selection selection(ReadableConfig options) {
    int slices = options.get(SLICES);
    if (slices < 1) {
      throw new OptionException(
          "option '%s' cannot be %d: 1 for all, or the number of parts"
              .formatted(SLICES.key(), slices));
    }
    return new Selection(slices, options.get(AGAIN));
  }

  static Comparison.Settings settings(ReadableConfig options) {
    double load = options.get(SOURCE_LOAD);
    if (!(load > 0 && load <= 1)) {
      throw new OptionException(
          "option '%s' cannot be %s: a share above 0, at most 1"
              .formatted(SOURCE_LOAD.key(), load));
    }
    return new Comparison.Settings(load, options.get(PATIENCE));
  }
}
