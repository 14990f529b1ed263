package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.counters.CounterTarget;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * The totals as a stream. Its second input is keyed in parts and broadcast in one (news of
 * generations goes to every subtask), which only a transformation made by hand can say.
 */
public final class TotalsStream extends SingleOutputStreamOperator<CounterUpdate> {

  private TotalsStream(
      StreamExecutionEnvironment env,
      TwoInputTransformation<CounterDelta, TruthChange, CounterUpdate> transformation) {
    super(env, transformation);
  }

  /**
   * @param events bundled events; null in the mode without them
   * @param truth each part partitioned by target or broadcast
   */
  public static SingleOutputStreamOperator<CounterUpdate> of(
      DataStream<CounterDelta> events, DataStream<TruthChange> truth, Totals totals) {
    StreamExecutionEnvironment env = truth.getExecutionEnvironment();
    DataStream<CounterDelta> first =
        (events == null ? NoEvents.in(truth) : events)
            .keyBy(CounterDelta::target, CounterTarget.TYPE);
    var transformation =
        new TwoInputTransformation<>(
            first.getTransformation(),
            truth.getTransformation(),
            "totals",
            totals,
            CounterUpdate.TYPE,
            env.getParallelism(),
            false);
    transformation.setStateKeySelectors(CounterDelta::target, TruthChange::target);
    transformation.setStateKeyType(CounterTarget.TYPE);
    env.addOperator(transformation);
    return new TotalsStream(env, transformation).name("totals").uid("totals");
  }
}
