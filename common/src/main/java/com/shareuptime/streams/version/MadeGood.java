package com.shareuptime.streams.version;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Which losses of stores a job has made good, by writing all that it knows again. A run without
 * state does that in any case; one that is restored, if a loss was noted that its state does not
 * know.
 */
public final class MadeGood {
  /** The losses for which each subtask has written all again: one name a subtask. */
  private static final ListStateDescriptor<String> MADE_GOOD =
      new ListStateDescriptor<>("losses-made-good", Types.STRING);

  private final boolean restored;
  private final String known;
  private String noted = "";

  private MadeGood(boolean restored, String known) {
    this.restored = restored;
    this.known = known;
  }

  /** What a state knows; one from before losses were noted knows none. */
  public static MadeGood restored(OperatorStateStore store, boolean restored) throws Exception {
    Set<String> names = new HashSet<>();
    names(store).get().forEach(names::add);
    return new MadeGood(
        restored, names.size() > 1 ? "not the same" : names.stream().findFirst().orElse(""));
  }

  /**
   * Whether all that was ever written must be written again behind the gate.
   *
   * @param job see {@link RunNumbers#losses}
   */
  public boolean isDue(RunNumbers numbers, String job) throws Exception {
    noted = numbers.losses(job);
    return restored && !noted.equals(known);
  }

  /**
   * Keeps in a snapshot which losses are made good.
   *
   * @param done whether all that is written again is on its way: the newest as well, then
   */
  public void note(OperatorStateStore store, boolean done) throws Exception {
    names(store).update(List.of(done || !restored ? noted : known));
  }

  private static ListState<String> names(OperatorStateStore store) throws Exception {
    return store.getUnionListState(MADE_GOOD);
  }
}
