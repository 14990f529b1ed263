package com.shareuptime.streams.counters;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.HeartbeatWatermarks;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.counters.bootstrap.RelistTargets;
import com.shareuptime.streams.counters.event.Dedupe;
import com.shareuptime.streams.counters.total.TotalsSettings;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.simulation.SimulatedJob;
import com.shareuptime.streams.simulation.SimulatedRunNumbers;
import com.shareuptime.streams.simulation.SimulatedSource;
import com.shareuptime.streams.source.IdleWatermarks;
import com.shareuptime.streams.source.RawRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The counters job under simulation: its own {@code build}, with bounds that are small together.
 */
public final class SimulatedCounters {
  /** The tables that the job reads. */
  public static final List<CdcTable> TABLES = new CountedTables(IdKinds.NUMBERS).all();

  /** The tables that decide over lists. */
  public static final List<CdcTable> TABLES_OF_STANDINGS = CounterSources.TABLES_OF_STANDINGS;

  // patience < grace < silence < horizon < retention, as deployed; a minute is always a minute
  public static final Duration GRACE = Duration.ofSeconds(6);
  public static final Duration PATIENCE = Duration.ofSeconds(2);
  public static final Duration HORIZON = Duration.ofMinutes(2);
  public static final Duration LATENESS = Duration.ofMinutes(3);
  public static final Duration RETENTION = Duration.ofMinutes(20);
  public static final Duration MAX_AGE = Duration.ofMinutes(18);

  /** The most that a topic of rows may have. */
  public static final int MAX_PARTITIONS = 3;

  private static final int FILTER_WORDS = 16;

  private SimulatedCounters() {}

  /**
   * @param maxParallelism 720 as deployed; less makes state cheaper
   * @param held what the stores hold
   * @param kinds of ids
   */
  public static SimulatedJob job(
      CounterMode mode,
      int maxParallelism,
      CounterSinks sinks,
      RelistTargets.Held held,
      IdKinds kinds) {
    Configuration options = options(mode);
    TotalsSettings settings = CounterOptions.totals(options, Duration.ofMillis(800));
    Map<CdcTable, Integer> topics = new HashMap<>();
    TABLES.forEach(table -> topics.put(table, MAX_PARTITIONS));
    return new SimulatedJob(
            maxParallelism,
            env -> build(env, mode, topics, sinks, held, kinds, settings, options),
            "source-no-events")
        .replacing(
            object ->
                object instanceof Dedupe ? new Dedupe(HORIZON.toMillis(), FILTER_WORDS) : object);
  }

  private static void build(
      StreamExecutionEnvironment env,
      CounterMode mode,
      Map<CdcTable, Integer> topics,
      CounterSinks sinks,
      RelistTargets.Held held,
      IdKinds kinds,
      TotalsSettings settings,
      Configuration options) {
    DataStream<RawRecord> control =
        SimulatedSource.single(env, "control", RawRecord.TYPE, new IdleWatermarks<RawRecord>());
    CountersJob.build(
        new CounterSources(
            mode.usesEvents()
                ? SimulatedSource.of(
                    env,
                    "events",
                    RawRecord.TYPE,
                    WatermarkStrategy.<RawRecord>forMonotonousTimestamps()
                        .withIdleness(Duration.ofSeconds(1)))
                : null,
            mode.usesRows()
                ? SimulatedSource.of(
                    env, "rows", CdcRecord.TYPE, HeartbeatWatermarks.ofTables(topics))
                : null,
            mode.usesRows()
                ? SimulatedSource.of(
                    env, "standings", CdcRecord.TYPE, new IdleWatermarks<CdcRecord>())
                : null,
            control,
            SimulatedSource.single(
                    env, "known", TruthChange.TYPE, new IdleWatermarks<TruthChange>())
                .union(
                    RelistTargets.of(
                        control, held, new RunNumbersOfMode(new SimulatedRunNumbers(), mode))),
            kinds),
        sinks,
        new SimulatedRunNumbers(),
        settings,
        options);
  }

  private static Configuration options(CounterMode mode) {
    Configuration options = new Configuration();
    options.set(CounterOptions.MODE, mode);
    options.set(CounterOptions.GRACE, GRACE);
    options.set(CounterOptions.DEDUPE_HORIZON, HORIZON);
    options.set(CounterOptions.LATENESS, LATENESS);
    options.set(CounterOptions.BUNDLE_SIZE, 8);
    options.set(CounterOptions.BUNDLE_DELAY, Duration.ofMillis(20));
    options.set(CounterOptions.GATE_SPREAD, Duration.ofMillis(400));
    options.set(CounterOptions.GATE_PATIENCE, PATIENCE);
    options.set(CounterOptions.TOMBSTONE_RETENTION, RETENTION);
    options.set(CounterOptions.MAX_STATE_AGE, MAX_AGE);
    return options;
  }
}
