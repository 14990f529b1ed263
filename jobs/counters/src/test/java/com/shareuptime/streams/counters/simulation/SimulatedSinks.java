package com.shareuptime.streams.counters.simulation;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.counters.CounterSinks;
import com.shareuptime.streams.counters.total.CounterDrift;
import com.shareuptime.streams.counters.total.CounterUpdate;
import com.shareuptime.streams.counters.trending.Ranking;
import com.shareuptime.streams.counters.window.WindowUpdate;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.progress.Progress;
import com.shareuptime.streams.progress.ProgressSinks;
import com.shareuptime.streams.simulation.SimulatedWriter;
import com.shareuptime.streams.simulation.Simulation;
import com.shareuptime.streams.sink.CoalescingSink;
import com.shareuptime.streams.sink.SinkOptions;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/** The sinks as the job has them, into the stores of a history. */
final class SimulatedSinks implements CounterSinks {
  static final String STORES = "stores";

  /** The surface of Redis, flushed five times as often as Postgres. */
  static final String REDIS = Surface.COUNTERS_REDIS.label();

  static final String POSTGRES = Surface.COUNTERS_POSTGRES.label();
  static final String TOPIC = "counter-updates";

  @Override
  public DataStream<DeadLetter> counters(
      DataStream<CounterUpdate> updates, DataStream<Heartbeat> beats) {
    var toRedis = sink(updates, REDIS, 30);
    var toPostgres = sink(updates, POSTGRES, 150);
    DataStream<DeadLetter> refused = toRedis.union(toPostgres, sink(updates, TOPIC, 150));
    if (beats == null) {
      return refused;
    }
    return refused.union(
        progress(Surface.COUNTERS_REDIS, beats, toRedis),
        progress(Surface.COUNTERS_POSTGRES, beats, toPostgres));
  }

  private static SingleOutputStreamOperator<DeadLetter> sink(
      DataStream<CounterUpdate> updates, String surface, int millis) {
    return new CoalescingSink<>(
            CounterUpdate::target,
            CounterUpdate::version,
            new CounterWriter(surface),
            options(surface, millis))
        .write(updates)
        .uid("sink-" + surface);
  }

  private static SinkOptions options(String surface, int millis) {
    return SinkOptions.of("counters", surface, Duration.ofMillis(millis)).withBatchSize(4);
  }

  private static DataStream<DeadLetter> progress(
      Surface surface, DataStream<Heartbeat> beats, DataStream<DeadLetter> written) {
    return ProgressSinks.write(
        "counters",
        ProgressSinks.of(surface, beats, written),
        new ProgressWriter(),
        "progress-of-" + surface.label());
  }

  @Override
  public DataStream<DeadLetter> windows(DataStream<WindowUpdate> windows) {
    return new CoalescingSink<>(
            WindowUpdate::key, WindowUpdate::version, new WindowWriter(), options("windows", 150))
        .write(windows)
        .uid("sink-windows");
  }

  /** Of later lists the last one stays, as in the stores. Settlements are of no interest here. */
  @Override
  public DataStream<DeadLetter> trending(DataStream<Ranking> rankings) {
    return rankings
        .flatMap(
            (Ranking ranking, Collector<DeadLetter> out) ->
                Simulation.current().<Stores>shared(STORES).rank(ranking))
        .returns(DeadLetter.TYPE)
        .setParallelism(1)
        .uid("sink-trending");
  }

  @Override
  public DataStream<DeadLetter> drift(DataStream<CounterDrift> drift) {
    return drift
        .flatMap((CounterDrift settlement, Collector<DeadLetter> out) -> {})
        .returns(DeadLetter.TYPE)
        .uid("no-drift");
  }

  @Override
  public void deadLetters(DataStream<DeadLetter> letters) {}

  private static final class CounterWriter extends SimulatedWriter<CounterUpdate> {
    private static final long serialVersionUID = 1L;

    private final String surface;

    CounterWriter(String surface) {
      this.surface = surface;
    }

    @Override
    protected void apply(CounterUpdate update, Simulation simulation) {
      simulation.<Stores>shared(STORES).write(surface, update);
    }
  }

  private static final class WindowWriter extends SimulatedWriter<WindowUpdate> {
    private static final long serialVersionUID = 1L;

    @Override
    protected void apply(WindowUpdate window, Simulation simulation) {
      simulation.<Stores>shared(STORES).write(window);
    }
  }

  private static final class ProgressWriter extends SimulatedWriter<Progress> {
    private static final long serialVersionUID = 1L;

    @Override
    protected void apply(Progress progress, Simulation simulation) {
      simulation.<Stores>shared(STORES).progress(progress.surface().label(), progress.lsn());
    }
  }
}
