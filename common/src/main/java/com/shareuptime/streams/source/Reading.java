package com.shareuptime.streams.source;

import java.util.Arrays;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * What one record tells, kept back until all of it has been read. Used again for the next record,
 * so that reading allocates nothing.
 */
public final class Reading<T> {
  private Object[] values = new Object[4];
  private OutputTag<?>[] tags = new OutputTag<?>[4];
  private int size;

  /** To the main output. */
  public void collect(T value) {
    add(null, value);
  }

  /** To a side output. */
  public <X> void output(OutputTag<X> tag, X value) {
    add(tag, value);
  }

  void clear() {
    Arrays.fill(values, 0, size, null);
    size = 0;
  }

  @SuppressWarnings("unchecked") // a value without a tag came by collect, others with their tag
  void emit(ProcessFunction<?, T>.Context context, Collector<T> out) {
    for (int i = 0; i < size; i++) {
      if (tags[i] == null) {
        out.collect((T) values[i]);
      } else {
        context.output((OutputTag<Object>) tags[i], values[i]);
      }
    }
  }

  private void add(OutputTag<?> tag, Object value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      tags = Arrays.copyOf(tags, 2 * size);
    }
    values[size] = value;
    tags[size++] = tag;
  }
}
