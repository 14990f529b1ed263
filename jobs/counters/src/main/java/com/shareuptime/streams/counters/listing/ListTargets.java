package com.shareuptime.streams.counters.listing;

import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.listing.ListChange.Minute;
import com.shareuptime.streams.counters.listing.ListChange.TargetLeaves;
import com.shareuptime.streams.counters.window.WindowUpdate;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets minutes of those targets through whose rows say that they may be listed; a target whose row
 * is not known is none of them. Tells when one of them may be listed no more.
 */
public final class ListTargets
    extends KeyedCoProcessFunction<CounterTarget, WindowUpdate, TargetStanding, ListChange> {
  private static final long serialVersionUID = 1L;

  /** Some 50 bytes a target; of a hard-deleted one, until the retention has passed. */
  private static final ValueStateDescriptor<TargetStanding> STANDING =
      new ValueStateDescriptor<>("target-standing", TargetStanding.TYPE);

  private final long retention;

  private transient ValueState<TargetStanding> standing;

  /**
   * @param retention milliseconds for which the version of a deleted row is kept: longer than the
   *     longest replay
   */
  public ListTargets(long retention) {
    this.retention = retention;
  }

  @Override
  public void open(OpenContext context) {
    standing = getRuntimeContext().getState(STANDING);
  }

  @Override
  public void processElement1(WindowUpdate minute, Context context, Collector<ListChange> out)
      throws Exception {
    TargetStanding known = standing.value();
    if (known != null && known.listed()) {
      out.collect(new Minute(minute, known.author()));
    }
  }

  @Override
  public void processElement2(TargetStanding row, Context context, Collector<ListChange> out)
      throws Exception {
    TargetStanding before = standing.value();
    if (before != null && row.version().compareTo(before.version()) < 0) {
      return;
    }
    standing.update(row);
    if (row.isGone()) {
      context.timerService().registerEventTimeTimer(row.changedAt() + retention);
    }
    if (before != null
        && before.listed()
        && !(row.listed() && row.author().equals(before.author()))) {
      // by the way of the author before, behind the minutes that have gone it
      out.collect(new TargetLeaves(row.target(), before.author()));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ListChange> out)
      throws Exception {
    TargetStanding known = standing.value();
    if (known != null && known.isGone() && known.changedAt() + retention <= timestamp) {
      standing.clear();
    }
  }
}
