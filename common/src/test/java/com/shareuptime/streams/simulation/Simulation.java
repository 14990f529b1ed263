package com.shareuptime.streams.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What all of one history shares: the random choices, the clock, the trace, and by name whatever
 * operators and writers must find, which Flink makes anew from bytes for each subtask.
 */
public final class Simulation {
  /** An arbitrary start, on a full second: epoch milliseconds. */
  public static final long START = 1_700_000_000_000L;

  private static final boolean DETAIL = Boolean.getBoolean("simulation.detail");

  private static final ThreadLocal<Simulation> CURRENT = new ThreadLocal<>();

  private final SplittableRandom random;
  private final SimulatedClock clock = new SimulatedClock(START);
  private final Map<String, Object> shared = new HashMap<>();
  private final List<String> trace;
  private final SimulatedRun.CheckpointIds checkpointIds = new SimulatedRun.CheckpointIds();
  private long runNumbers;
  private final Map<String, Long> newestRunNumbers = new HashMap<>();

  /** Becomes the current one of its thread. */
  Simulation(long seed, boolean traced) {
    this.random = new SplittableRandom(seed);
    this.trace = traced ? new ArrayList<>() : null;
    CURRENT.set(this);
  }

  /** That of the history that runs on this thread. */
  public static Simulation current() {
    return CURRENT.get();
  }

  /** Where every choice comes from. */
  public SplittableRandom random() {
    return random;
  }

  /** A number from 0 up to {@code bound}, exclusively. */
  public int draw(int bound) {
    return random.nextInt(bound);
  }

  /** True once in {@code times}. */
  public boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** One of these. */
  @SafeVarargs
  public final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The clock of every machine. */
  public SimulatedClock clock() {
    return clock;
  }

  /** Epoch milliseconds. */
  public long now() {
    return clock.now();
  }

  /** Makes a thing known to writers and functions, which ask for it when they open. */
  public void share(String name, Object thing) {
    shared.put(name, thing);
  }

  /** The thing of this name. */
  @SuppressWarnings("unchecked") // the name says what it is
  public <T> T shared(String name) {
    Object thing = shared.get(name);
    if (thing == null) {
      throw new IllegalStateException("nothing is shared as '" + name + "'");
    }
    return (T) thing;
  }

  SimulatedRun.CheckpointIds checkpointIds() {
    return checkpointIds;
  }

  /** The last run number that was drawn. */
  public long lastRunNumber() {
    return runNumbers;
  }

  long nextRunNumber() {
    return ++runNumbers;
  }

  long nextRunNumber(String writer) {
    long number = nextRunNumber();
    newestRunNumbers.put(writer, number);
    return number;
  }

  long newestRunNumber(String writer) {
    return newestRunNumbers.getOrDefault(writer, 0L);
  }

  /** Whether lines are kept: what costs time to say is worth saying only then. */
  public boolean isTraced() {
    return trace != null;
  }

  /** Notes what happens, if the history is traced. */
  public void note(String format, Object... arguments) {
    if (trace != null) {
      trace.add(
          String.format(
              Locale.ROOT, "%9.3f  %s", (now() - START) / 1000.0, format.formatted(arguments)));
    }
  }

  /** Notes what a task takes, if that is wanted too. */
  void detail(String task, Object element) {
    if (trace != null && DETAIL) {
      note("    %s takes %s", task, element);
    }
  }

  List<String> trace() {
    return trace == null ? List.of() : trace;
  }
}
