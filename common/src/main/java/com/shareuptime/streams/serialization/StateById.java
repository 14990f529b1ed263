package com.shareuptime.streams.serialization;

import com.shareuptime.streams.contract.Id;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Values by id, in the state of one key. State on the heap comes back as the serializer reads it
 * that has written it, so the ids are kept as the longs that earlier builds have left.
 */
public final class StateById<V> {
  private final MapState<Long, V> values;

  private StateById(MapState<Long, V> values) {
    this.values = values;
  }

  /** For the {@code open} of an operator. */
  public static <V> StateById<V> of(RuntimeContext context, String name, TypeInformation<V> type) {
    return new StateById<>(context.getMapState(new MapStateDescriptor<>(name, Types.LONG, type)));
  }

  /** Null if there is none. */
  public V get(Id id) throws Exception {
    return values.get(id.number());
  }

  public void put(Id id, V value) throws Exception {
    values.put(id.number(), value);
  }

  public void remove(Id id) throws Exception {
    values.remove(id.number());
  }

  /** All of the key; {@link Iterator#remove} takes the last one away. */
  public Iterator<Map.Entry<Id, V>> iterator() throws Exception {
    Iterator<Map.Entry<Long, V>> entries = values.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Map.Entry<Id, V> next() {
        Map.Entry<Long, V> entry = entries.next();
        return Map.entry(Id.of(entry.getKey()), entry.getValue());
      }

      @Override
      public void remove() {
        entries.remove();
      }
    };
  }
}
