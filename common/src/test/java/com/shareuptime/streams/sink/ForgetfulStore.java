package com.shareuptime.streams.sink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A store in memory that can go back to any moment of its history, as real ones do. */
final class ForgetfulStore implements Confirmations.Numbers {
  /** One write: of a value, or of a writer's number. */
  private record Entry(String key, long value, boolean number) {}

  private List<Entry> history = new ArrayList<>();
  boolean away;

  void put(String key, long version) throws IOException {
    add(new Entry(key, version, false));
  }

  @Override
  public void set(String writer, long number) throws IOException {
    add(new Entry(writer, number, true));
  }

  /** Sets the number of a writer, unless it is lower than expected; returns what it was. */
  long note(String writer, long expected, long number) throws IOException {
    long held = read(List.of(writer)).getOrDefault(writer, Confirmations.UNKNOWN);
    if (held >= expected) {
      set(writer, number);
    }
    return held;
  }

  private void add(Entry entry) throws IOException {
    if (away) {
      throw new IOException("the store is away");
    }
    history.add(entry);
  }

  int length() {
    return history.size();
  }

  void goBackTo(int length) {
    history = new ArrayList<>(history.subList(0, length));
  }

  @Override
  public Map<String, Long> read(Collection<String> writers) throws IOException {
    if (away) {
      throw new IOException("the store is away");
    }
    Map<String, Long> numbers = new HashMap<>();
    for (Entry entry : history) {
      if (entry.number() && writers.contains(entry.key())) {
        numbers.put(entry.key(), entry.value());
      }
    }
    return numbers;
  }

  /** The key that was written last. */
  String last() {
    return history.stream().filter(entry -> !entry.number()).reduce((a, b) -> b).get().key();
  }

  /** The highest version of each key. */
  Map<String, Long> values() {
    Map<String, Long> values = new HashMap<>();
    for (Entry entry : history) {
      if (!entry.number()) {
        values.merge(entry.key(), entry.value(), Math::max);
      }
    }
    return values;
  }
}
