package com.shareuptime.streams.version;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Whether a job has caught up with its inputs once: a run that is restored from a checkpoint of an
 * unfinished bootstrap is still a bootstrap. What it does not know may exist, so it must not open
 * its gate for lack of time, and must not take what is old for new.
 */
public final class CaughtUp {
  /** Whether the gate of each subtask had been open, in this run or an earlier one. */
  private static final ListStateDescriptor<Boolean> CAUGHT_UP =
      new ListStateDescriptor<>("caught-up", Types.BOOLEAN);

  private CaughtUp() {}

  /**
   * Whether every subtask had caught up when the state was saved. A state from before this was kept
   * had; without state nothing has.
   */
  public static boolean isRestored(OperatorStateStore store, boolean restored) throws Exception {
    boolean all = restored;
    for (boolean one : caughtUp(store).get()) {
      all &= one;
    }
    return all;
  }

  /**
   * Keeps in a snapshot whether this subtask has caught up.
   *
   * @param before what {@link #isRestored} has said
   */
  public static void note(OperatorStateStore store, boolean before, Gate gate) throws Exception {
    caughtUp(store).update(List.of(before || gate.isOpen()));
  }

  private static ListState<Boolean> caughtUp(OperatorStateStore store) throws Exception {
    return store.getUnionListState(CAUGHT_UP);
  }
}
