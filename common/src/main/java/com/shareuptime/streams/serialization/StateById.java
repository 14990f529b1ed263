package com.shareuptime.streams.serialization;

import com.shareuptime.streams.contract.Id;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Values by id, in the state of one key. Reads what earlier builds have left by longs. */
public final class StateById<V> {
  private final MapState<Object, V> values;

  private StateById(MapState<Object, V> values) {
    this.values = values;
  }

  /** For the {@code open} of an operator. */
  public static <V> StateById<V> of(RuntimeContext context, String name, TypeInformation<V> type) {
    return new StateById<>(context.getMapState(new MapStateDescriptor<>(name, KeptId.TYPE, type)));
  }

  /** Null if there is none. */
  public V get(Id id) throws Exception {
    return values.get(KeptId.of(id));
  }

  public void put(Id id, V value) throws Exception {
    values.put(KeptId.of(id), value);
  }

  public void remove(Id id) throws Exception {
    values.remove(KeptId.of(id));
  }

  /** All of the key; {@link Iterator#remove} takes the last one away. */
  public Iterator<Map.Entry<Id, V>> iterator() throws Exception {
    Iterator<Map.Entry<Object, V>> entries = values.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Map.Entry<Id, V> next() {
        Map.Entry<Object, V> entry = entries.next();
        return Map.entry(KeptId.id(entry.getKey()), entry.getValue());
      }

      @Override
      public void remove() {
        entries.remove();
      }
    };
  }
}
