package com.shareuptime.streams.version;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Refuses to go on from a state that is older than what compacted topics remember: a row deleted
 * since, whose tombstone Kafka has dropped, would live for ever.
 */
public final class StateAge {
  /** When each subtask was saved, epoch milliseconds. */
  private static final ListStateDescriptor<Long> SAVED_AT =
      new ListStateDescriptor<>("saved-at", Types.LONG);

  private StateAge() {}

  /** Notes the time of a snapshot. */
  public static void note(OperatorStateStore store, long now) throws Exception {
    store.getUnionListState(SAVED_AT).update(List.of(now));
  }

  /**
   * Demands that the restored state is young enough; a state that does not tell its age is.
   *
   * @throws IllegalStateException if it is not, with what to do
   */
  public static void require(OperatorStateStore store, long now, Duration most) throws Exception {
    ListState<Long> savedAt = store.getUnionListState(SAVED_AT);
    for (Long time : savedAt.get()) {
      if (now - time > most.toMillis()) {
        throw new IllegalStateException(
            "this state was saved at %s, longer ago than the %s for which the topics remember deletes: start the job without state (./streams cancel JOB; ./streams submit JOB --fresh)"
                .formatted(Instant.ofEpochMilli(time), most));
      }
    }
  }
}
