package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.source.IdleWatermarks;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/** The first input of the totals where no events are read: empty, and at the end of time. */
final class NoEvents {
  private NoEvents() {}

  static DataStream<CounterDelta> in(DataStream<?> job) {
    return job.getExecutionEnvironment()
        .fromSource(new NumberSequenceSource(0, 0), new IdleWatermarks<>(), "no events")
        .uid("source-no-events")
        .setParallelism(1)
        .flatMap((Long number, Collector<CounterDelta> out) -> {})
        .returns(CounterDelta.TYPE)
        .name("no events")
        .uid("no-events")
        .setParallelism(1);
  }
}
