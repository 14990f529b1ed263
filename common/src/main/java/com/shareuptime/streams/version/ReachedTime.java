package com.shareuptime.streams.version;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The event time that an operator has reached, in this run or an earlier one: what was over before
 * a restart is over after it, although the watermark begins anew. Epoch milliseconds, {@link
 * Long#MIN_VALUE} if nothing was reached.
 */
public final class ReachedTime {
  private final ListState<Long> state;
  private long time = Long.MIN_VALUE;

  private ReachedTime(ListState<Long> state) {
    this.state = state;
  }

  /**
   * What every subtask had reached when the state was saved.
   *
   * @param name of the state, one number a subtask
   */
  public static ReachedTime ofAll(OperatorStateStore store, String name) throws Exception {
    ReachedTime reached = of(store, name);
    long lowest = Long.MAX_VALUE;
    for (Long one : reached.state.get()) {
      lowest = Math.min(lowest, one);
    }
    reached.time = lowest == Long.MAX_VALUE ? Long.MIN_VALUE : lowest;
    return reached;
  }

  /**
   * What some subtask had reached when the state was saved.
   *
   * @param name of the state, one number a subtask
   */
  public static ReachedTime ofAny(OperatorStateStore store, String name) throws Exception {
    ReachedTime reached = of(store, name);
    for (Long one : reached.state.get()) {
      reached.advance(one);
    }
    return reached;
  }

  private static ReachedTime of(OperatorStateStore store, String name) throws Exception {
    return new ReachedTime(store.getUnionListState(new ListStateDescriptor<>(name, Types.LONG)));
  }

  /** Takes the operator's watermark. */
  public void advance(long watermark) {
    time = Math.max(time, watermark);
  }

  /** What was reached. */
  public long get() {
    return time;
  }

  /** Keeps it in a snapshot. */
  public void note() throws Exception {
    state.update(List.of(time));
  }
}
