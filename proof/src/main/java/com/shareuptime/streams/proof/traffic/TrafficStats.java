package com.shareuptime.streams.proof.traffic;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a simulator has done so far. Safe for use by many threads. */
public final class TrafficStats {
  /** Where a bad event lies, as the broker has acknowledged it. */
  public record BadRecord(BadEvent kind, String topic, int partition, long offset) {}

  private final Map<Enum<?>, LongAdder> counts = new HashMap<>();
  private final List<BadRecord> badRecords = new CopyOnWriteArrayList<>();
  private volatile Crossings crossings = Crossings.NONE;
  private volatile Duration generation = Duration.ZERO;

  TrafficStats() {
    Stream.of(TrafficCount.values(), Fault.values(), Revision.values())
        .flatMap(Stream::of)
        .forEach(what -> counts.put(what, new LongAdder()));
  }

  /** How long it took to do the interactions, without the wait for late events at the end. */
  public Duration generation() {
    return generation;
  }

  void generatedIn(Duration time) {
    generation = time;
  }

  /**
   * @param what a {@link TrafficCount}, {@link Fault} or {@link Revision}
   */
  public long count(Enum<?> what) {
    return counts.get(what).sum();
  }

  /** The faults that have come, with their names. */
  public Map<String, Long> faults() {
    return positive(Fault.values(), Fault::label);
  }

  /** The revisions that have come, with their names. */
  public Map<String, Long> revisions() {
    return positive(Revision.values(), Revision::label);
  }

  private <T extends Enum<T>> Map<String, Long> positive(T[] all, Function<T, String> label) {
    Map<String, Long> positive = new LinkedHashMap<>();
    for (T one : all) {
      if (count(one) > 0) {
        positive.put(label.apply(one), count(one));
      }
    }
    return positive;
  }

  public Crossings crossings() {
    return crossings;
  }

  public List<BadRecord> badRecords() {
    return List.copyOf(badRecords);
  }

  void add(Enum<?> what) {
    add(what, 1);
  }

  void add(Enum<?> what, long n) {
    counts.get(what).add(n);
  }

  void committed(long changedRows) {
    add(TrafficCount.TRANSACTIONS);
    add(TrafficCount.ROWS, changedRows);
  }

  void crossed(Crossings inAll) {
    crossings = inAll;
  }

  void add(BadRecord bad) {
    badRecords.add(bad);
  }
}
