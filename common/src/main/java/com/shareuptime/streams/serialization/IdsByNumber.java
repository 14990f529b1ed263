package com.shareuptime.streams.serialization;

import com.shareuptime.streams.contract.Ids;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Sets of ids by a number, in the state of one key. Reads what earlier builds have left as arrays
 * of longs.
 */
public final class IdsByNumber {
  /** Takes a set with its number. */
  @FunctionalInterface
  public interface Action {
    void take(int number, Ids ids);
  }

  private final MapState<Integer, Object> sets;

  private IdsByNumber(MapState<Integer, Object> sets) {
    this.sets = sets;
  }

  /** For the {@code open} of an operator. */
  public static IdsByNumber of(RuntimeContext context, String name) {
    return new IdsByNumber(
        context.getMapState(new MapStateDescriptor<>(name, Types.INT, KeptIds.TYPE)));
  }

  /** Empty if there is none. */
  public Ids get(int number) throws Exception {
    Object ids = sets.get(number);
    return ids == null ? Ids.NONE : KeptIds.ids(ids);
  }

  /** An empty one goes. */
  public void put(int number, Ids ids) throws Exception {
    if (ids.isEmpty()) {
      sets.remove(number);
    } else {
      sets.put(number, KeptIds.of(ids));
    }
  }

  /** Has all of the key. */
  public void forEach(Action action) throws Exception {
    for (var entry : sets.entries()) {
      action.take(entry.getKey(), KeptIds.ids(entry.getValue()));
    }
  }
}
