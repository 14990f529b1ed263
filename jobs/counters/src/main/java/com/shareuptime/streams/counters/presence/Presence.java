package com.shareuptime.streams.counters.presence;

import com.shareuptime.streams.counters.total.CounterDelta;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Turns changes of rows into differences of counts: +1 when a row that counts really appears, −1
 * when it really goes. Keyed by row, so no key is hot.
 */
public final class Presence extends KeyedProcessFunction<RowKey, CountedRow, CounterDelta> {
  private static final long serialVersionUID = 1L;

  /** One small record a row; of a row that no longer counts, until its retention has passed. */
  private static final ValueStateDescriptor<RowPresence> PRESENCE =
      new ValueStateDescriptor<>("presence", RowPresence.TYPE);

  private final long retention;

  private transient ValueState<RowPresence> presence;
  private transient Counter stale;

  /** The differences that rows make, keyed and named. */
  public static SingleOutputStreamOperator<CounterDelta> of(
      DataStream<CountedRow> rows, long retention) {
    return rows.keyBy(CountedRow::key, RowKey.TYPE)
        .process(new Presence(retention))
        .returns(CounterDelta.TYPE)
        .name("presence of rows")
        .uid("presence");
  }

  /**
   * @param retention milliseconds for which the version of a deleted row is kept: longer than the
   *     longest replay
   */
  Presence(long retention) {
    this.retention = retention;
  }

  @Override
  public void open(OpenContext context) {
    presence = getRuntimeContext().getState(PRESENCE);
    stale = getRuntimeContext().getMetricGroup().counter("staleRows");
  }

  @Override
  public void processElement(CountedRow row, Context context, Collector<CounterDelta> out)
      throws Exception {
    RowPresence before = presence.value();
    if (before == null && row.elsewhere()) {
      return; // most of these have never counted
    }
    RowPresence after = RowPresence.apply(before, row, out::collect);
    if (after == before) {
      stale.inc();
      return;
    }
    if (!after.equals(before)) {
      presence.update(after);
    }
    if (!after.counted() && (before == null || before.counted())) {
      context.timerService().registerEventTimeTimer(row.time() + retention);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<CounterDelta> out)
      throws Exception {
    RowPresence known = presence.value();
    if (known == null || known.counted()) {
      return;
    }
    long due = known.changedAt() + retention;
    if (due <= timestamp) {
      presence.clear();
    } else { // a later word on the row, such as its tombstone, set no timer
      context.timerService().registerEventTimeTimer(due);
    }
  }
}
