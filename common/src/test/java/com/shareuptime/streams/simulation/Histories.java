package com.shareuptime.streams.simulation;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the histories of a test, and says of one that fails how to have it again and what happened.
 * System properties: {@code simulation.seed}, {@code simulation.histories} (how many), {@code
 * simulation.history} (only this one), {@code simulation.steps} (no more of each), {@code
 * simulation.goOn} (name all that fail), {@code simulation.detail} (trace what each task takes).
 */
public final class Histories {
  /** One history: random steps, then quiet. */
  public interface History {
    /** How many steps it is to have. */
    int steps();

    /** Something happens; throws or fails an assertion if what follows is wrong. */
    void step() throws Exception;

    /** Nothing happens any more, all is delivered; judges what is left. */
    void settle() throws Exception;
  }

  /** Begins a history. */
  @FunctionalInterface
  public interface Beginning {
    History begin(Simulation simulation) throws Exception;
  }

  private static final int LONGEST_TRACE = 20_000;

  private final String name;
  private final Beginning beginning;
  private final long seed = Long.getLong("simulation.seed", 24);

  private Histories(String name, Beginning beginning) {
    this.name = name;
    this.beginning = beginning;
  }

  /**
   * Runs histories until one fails.
   *
   * @param count how many, if no property says so
   * @throws AssertionError of the first that fails, cut short, with its trace
   */
  public static void check(String name, int count, Beginning beginning) {
    Histories histories = new Histories(name, beginning);
    Long only = Long.getLong("simulation.history");
    if (only != null) {
      histories.check(only);
      return;
    }
    int wanted = Integer.getInteger("simulation.histories", count);
    long start = cpuNanos();
    if (Boolean.getBoolean("simulation.goOn")) {
      histories.goOn(wanted);
      return;
    }
    for (long history = 0; history < wanted; history++) {
      histories.check(history);
    }
    System.out.printf(
        "%s: %d histories of seed %d in %.1f s of one core%n",
        name, wanted, histories.seed, (cpuNanos() - start) / 1e9);
  }

  /** What this thread has used, however busy the machine is. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Names all that fail, in a line each. */
  private void goOn(int wanted) {
    int most = Integer.getInteger("simulation.steps", Integer.MAX_VALUE);
    int failed = 0;
    for (long history = 0; history < wanted; history++) {
      Throwable failure = run(history, most, new int[1], null);
      if (failure != null) {
        failed++;
        System.out.printf(
            "%s: history %d fails: %s%n",
            name, history, String.valueOf(rootOf(failure).getMessage()).replaceAll("\\s+", " "));
      }
    }
    if (failed > 0) {
      throw new AssertionError(
          "%s: %d of %d histories of seed %d fail".formatted(name, failed, wanted, seed));
    }
  }

  private void check(long history) {
    int most = Integer.getInteger("simulation.steps", Integer.MAX_VALUE);
    int[] reached = {0};
    Throwable failure = run(history, most, reached, null);
    if (failure != null) {
      throw shortest(history, Math.min(most, reached[0]), failure);
    }
  }

  private Throwable run(long history, int most, int[] reached, List<String> trace) {
    Simulation simulation =
        new Simulation(seed * 0x9E3779B97F4A7C15L + history * 0xD1342543DE82EF95L, trace != null);
    try {
      History begun = beginning.begin(simulation);
      int steps = Math.min(begun.steps(), most);
      for (int i = 0; i < steps; i++) {
        reached[0] = i + 1;
        begun.step();
      }
      simulation.note("quiet");
      begun.settle();
      return null;
    } catch (Exception | AssertionError e) {
      return e;
    } finally {
      if (trace != null) {
        trace.addAll(simulation.trace());
      }
    }
  }

  /** What went wrong, whichever operator and writer it has come through. */
  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof AssertionError)) {
      root = root.getCause();
    }
    return root;
  }

  /** The same failure in fewer steps, if it comes in fewer. */
  private AssertionError shortest(long history, int steps, Throwable first) {
    int fewest = steps;
    Throwable failure = first;
    for (int most = 0; most < steps; most++) {
      Throwable found = run(history, most, new int[1], null);
      if (found != null) {
        fewest = most;
        failure = found;
        break;
      }
    }
    List<String> trace = new ArrayList<>();
    run(history, fewest, new int[1], trace);
    List<String> last = trace.subList(Math.max(0, trace.size() - LONGEST_TRACE), trace.size());
    return new AssertionError(
        """
        %s: history %d of seed %d fails after %d steps: %s
        again: -Dsimulation.seed=%d -Dsimulation.history=%d -Dsimulation.steps=%d
        %s\
        """
            .formatted(
                name,
                history,
                seed,
                fewest,
                rootOf(failure).getMessage(),
                seed,
                history,
                fewest,
                String.join("\n", last)),
        failure);
  }
}
