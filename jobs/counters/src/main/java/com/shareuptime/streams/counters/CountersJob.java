package com.shareuptime.streams.counters;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.bootstrap.BootstrapSpread;
import com.shareuptime.streams.counters.control.ParseCounterControl;
import com.shareuptime.streams.counters.event.CounterEvent;
import com.shareuptime.streams.counters.event.Dedupe;
import com.shareuptime.streams.counters.event.ParseEvent;
import com.shareuptime.streams.counters.listing.AuthorStanding;
import com.shareuptime.streams.counters.listing.ListAuthors;
import com.shareuptime.streams.counters.listing.ListChange;
import com.shareuptime.streams.counters.listing.ListTargets;
import com.shareuptime.streams.counters.listing.ParseStanding;
import com.shareuptime.streams.counters.listing.TargetStanding;
import com.shareuptime.streams.counters.presence.CountedRow;
import com.shareuptime.streams.counters.presence.ParseCountedRow;
import com.shareuptime.streams.counters.presence.Presence;
import com.shareuptime.streams.counters.sink.StoreSinks;
import com.shareuptime.streams.counters.total.CounterDelta;
import com.shareuptime.streams.counters.total.PreAggregate;
import com.shareuptime.streams.counters.total.Totals;
import com.shareuptime.streams.counters.total.TotalsSettings;
import com.shareuptime.streams.counters.total.TotalsStream;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.counters.trending.Ranking;
import com.shareuptime.streams.counters.trending.Trending;
import com.shareuptime.streams.counters.window.MinuteWindows;
import com.shareuptime.streams.counters.window.WindowUpdate;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.serialization.IdSerializer;
import com.shareuptime.streams.source.IdleWatermarks;
import com.shareuptime.streams.version.PostgresRunNumbers;
import com.shareuptime.streams.version.RunNumbers;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * Counts rows of the counters that the model has.
 *
 * <pre>
 * events ─ parse ─ dedupe ─ bundle ─────────────────┬─ totals ─ Redis, Postgres, counter-updates
 * rows ─ parse ─ presence ─ bundle ────────┐        │     └─ counter-drift
 *          └ targets, generations, ────────┴─ truth ┘
 *            control, what the sinks hold
 * bundled events (rows in the mode 'cdc') ─ minutes ─┬─ counter_windows
 *                                                    └─ targets ─ authors ─ trending
 * posts, reels, users ─ parse ──────────────────────────┴──────────┘
 * </pre>
 */
public final class CountersJob {
  /** The job's name in the web UI, dead letters, settlements and control messages. */
  public static final String NAME = "counters";

  private CountersJob() {}

  /**
   * Submits the job; arguments are {@code --config FILE} and {@code --key value}.
   *
   * @throws OptionException if an option is wrong, or a server lacks what the job needs
   */
  public static void main(String[] args) throws Exception {
    Configuration options = OptionLoader.load(args, CounterOptions.OPTIONS.all());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    IdKinds kinds = PostgresAddress.sink(options).idKinds();
    CounterOptions.requireColumnsToMirror(options, kinds);
    build(
        CounterSources.of(env, options, kinds),
        new StoreSinks(NAME, options, kinds),
        new PostgresRunNumbers(PostgresAddress.sink(options)),
        CounterOptions.totals(options, BootstrapSpread.of(options)),
        options);
    env.execute(NAME);
  }

  /** Puts the diagram together; starts nothing. */
  static void build(
      CounterSources in,
      CounterSinks out,
      RunNumbers runs,
      TotalsSettings settings,
      ReadableConfig options) {
    var control =
        in.control()
            .process(new ParseCounterControl(NAME, in.kinds()))
            .returns(TruthChange.TYPE)
            .name("parse control")
            .uid("parse-control")
            .setParallelism(in.control().getParallelism());
    DataStream<DeadLetter> letters = control.getSideOutput(ParseCounterControl.DEAD_LETTERS);
    DataStream<TruthChange> truth = byTarget(control).union(byTarget(in.known()));
    DataStream<CounterDelta> rowDeltas = null;
    DataStream<Heartbeat> beats = null;
    if (settings.mode().usesRows()) {
      var rows =
          in.rows()
              .process(new ParseCountedRow(NAME, in.kinds()))
              .returns(CountedRow.TYPE)
              .name("parse rows")
              .uid("parse-rows")
              .setParallelism(in.rows().getParallelism());
      rowDeltas = rowDeltas(rows, options);
      truth =
          truth.union(
              byTarget(asTruth(rowDeltas)),
              byTarget(rows.getSideOutput(ParseCountedRow.TARGETS)),
              rows.getSideOutput(ParseCountedRow.GENERATIONS).broadcast());
      beats = rows.getSideOutput(ParseCountedRow.HEARTBEATS);
      letters = letters.union(rows.getSideOutput(ParseCountedRow.DEAD_LETTERS));
    }
    DataStream<CounterDelta> eventDeltas = null;
    if (settings.mode().usesEvents()) {
      var events = parseEvents(in, options);
      eventDeltas = eventDeltas(events, options);
      letters = letters.union(events.getSideOutput(ParseEvent.DEAD_LETTERS));
    }
    var totals = TotalsStream.of(eventDeltas, truth, new Totals(settings, runs, in.kinds()));
    var windows = windows(eventDeltas == null ? rowDeltas : eventDeltas, runs, options);
    DataStream<ListChange> listed;
    if (in.standings() == null) {
      listed = unknown(windows);
    } else {
      var standings = parseStandings(in);
      listed = listed(windows, standings, totals.getSideOutput(Totals.DROPPED), options);
      letters = letters.union(lettersOfUsers(standings));
    }
    out.deadLetters(
        letters.union(
            out.counters(totals, beats),
            out.drift(totals.getSideOutput(Totals.DRIFT)),
            out.windows(windows),
            out.trending(trending(listed))));
  }

  private static SingleOutputStreamOperator<CounterEvent> parseEvents(
      CounterSources in, ReadableConfig options) {
    return in.events()
        .process(
            new ParseEvent(
                NAME,
                options.get(CounterOptions.MAX_AHEAD).toMillis(),
                options.get(CounterOptions.LATENESS).toMillis(),
                in.kinds()))
        .returns(CounterEvent.TYPE)
        .name("parse and validate events")
        .uid("parse-events")
        .setParallelism(in.events().getParallelism());
  }

  private static DataStream<CounterDelta> eventDeltas(
      DataStream<CounterEvent> events, ReadableConfig options) {
    Duration horizon = CounterOptions.dedupeHorizon(options);
    return events
        .keyBy(Dedupe.shard(), Types.INT)
        .process(new Dedupe(horizon.toMillis()))
        .returns(CounterDelta.TYPE)
        .name("dedupe by event id")
        .uid("dedupe")
        .transform("bundle events", CounterDelta.TYPE, bundle(options))
        .uid("bundle-events");
  }

  private static DataStream<CounterDelta> rowDeltas(
      DataStream<CountedRow> rows, ReadableConfig options) {
    return Presence.of(rows, options.get(CounterOptions.TOMBSTONE_RETENTION).toMillis())
        .transform("bundle rows", CounterDelta.TYPE, bundle(options))
        .uid("bundle-rows");
  }

  private static PreAggregate bundle(ReadableConfig options) {
    return new PreAggregate(
        options.get(CounterOptions.BUNDLE_SIZE),
        options.get(CounterOptions.BUNDLE_DELAY).toMillis());
  }

  private static SingleOutputStreamOperator<WindowUpdate> windows(
      DataStream<CounterDelta> deltas, RunNumbers runs, ReadableConfig options) {
    return deltas
        .keyBy(CounterDelta::target, CounterTarget.TYPE)
        .transform(
            "minute windows",
            WindowUpdate.TYPE,
            new MinuteWindows(
                runs,
                options.get(CounterOptions.MODE).usesEvents(),
                options.get(CounterOptions.LATENESS).toMillis(),
                options.get(CounterOptions.GATE_SPREAD).toMillis(),
                options.get(CounterOptions.GATE_PATIENCE).toMillis()))
        .uid("minute-windows");
  }

  private static SingleOutputStreamOperator<TargetStanding> parseStandings(CounterSources in) {
    return in.standings()
        .process(new ParseStanding(NAME, in.kinds()))
        .returns(TargetStanding.TYPE)
        .name("parse rows for lists")
        .uid("parse-standings")
        .setParallelism(in.standings().getParallelism());
  }

  /** Of posts and reels the rows that count are dead letters already. */
  private static DataStream<DeadLetter> lettersOfUsers(
      SingleOutputStreamOperator<TargetStanding> standings) {
    return standings
        .getSideOutput(ParseStanding.DEAD_LETTERS)
        .filter(letter -> letter.topic().equals(CdcTable.USERS.topic()))
        .name("dead letters of users")
        .uid("dead-letters-of-users");
  }

  /** Without rows any document may be in a list. */
  private static DataStream<ListChange> unknown(DataStream<WindowUpdate> windows) {
    return windows
        .flatMap(CountersJob::listAny)
        .returns(ListChange.TYPE)
        .name("minutes of any target")
        .uid("list-any");
  }

  private static void listAny(WindowUpdate minute, Collector<ListChange> out) {
    if (Target.Type.DOCUMENTS.contains(minute.target().type())) {
      out.collect(new ListChange.Minute(minute, ListChange.NOBODY));
    }
  }

  /**
   * @param dropped rows of targets that are gone without a change that says so
   */
  private static DataStream<ListChange> listed(
      DataStream<WindowUpdate> windows,
      SingleOutputStreamOperator<TargetStanding> standings,
      DataStream<TruthChange.TargetRow> dropped,
      ReadableConfig options) {
    DataStream<TargetStanding> targets =
        standings.union(
            dropped
                .flatMap(CountersJob::gone)
                .returns(TargetStanding.TYPE)
                .name("dropped rows")
                .uid("dropped-rows")
                .assignTimestampsAndWatermarks(new IdleWatermarks<TargetStanding>())
                .name("time of dropped rows")
                .uid("time-of-dropped"));
    DataStream<ListChange> ofTargets =
        windows
            .keyBy(WindowUpdate::target, CounterTarget.TYPE)
            .connect(targets.keyBy(TargetStanding::target, CounterTarget.TYPE))
            .process(
                new ListTargets(options.get(CounterOptions.TOMBSTONE_RETENTION).toMillis()),
                ListChange.TYPE)
            .name("targets that may be listed")
            .uid("list-targets");
    return ofTargets
        .keyBy(ListChange::author, IdSerializer.TYPE)
        .connect(
            standings
                .getSideOutput(ParseStanding.AUTHORS)
                .keyBy(AuthorStanding::author, IdSerializer.TYPE))
        .process(new ListAuthors(), ListChange.TYPE)
        .name("authors that may be listed")
        .uid("list-authors");
  }

  private static void gone(TruthChange.TargetRow row, Collector<TargetStanding> out) {
    if (Target.Type.DOCUMENTS.contains(row.target().type())) {
      out.collect(TargetStanding.gone(row.target(), row.version(), System.currentTimeMillis()));
    }
  }

  private static DataStream<Ranking> trending(DataStream<ListChange> listed) {
    return listed
        .transform("trending", Ranking.TYPE, new Trending())
        .uid("trending")
        .setParallelism(1);
  }

  private static DataStream<TruthChange> asTruth(DataStream<CounterDelta> deltas) {
    return deltas
        .map(delta -> (TruthChange) delta)
        .returns(TruthChange.TYPE)
        .name("rows as truth")
        .uid("row-truth");
  }

  private static DataStream<TruthChange> byTarget(DataStream<TruthChange> changes) {
    return changes.keyBy(TruthChange::target, CounterTarget.TYPE);
  }
}
