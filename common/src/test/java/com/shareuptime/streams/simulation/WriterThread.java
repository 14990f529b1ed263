package com.shareuptime.streams.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** The thread of a sink's writer, as work that is done when the draw says so. */
final class WriterThread extends AbstractExecutorService {
  private final Simulation simulation;
  private final ArrayDeque<Runnable> work = new ArrayDeque<>();
  private boolean dying;
  private boolean closed;

  WriterThread(Simulation simulation) {
    this.simulation = simulation;
  }

  boolean hasWork() {
    return !work.isEmpty();
  }

  boolean run() {
    Runnable next = work.poll();
    if (next == null) {
      return false;
    }
    next.run();
    return true;
  }

  /** Whether the process ends while this write is under way. */
  boolean isDying() {
    return dying;
  }

  /** Begins one more write, or not, which does not get to its end. */
  void die() {
    dying = true;
    if (simulation.oneIn(2)) {
      run();
    }
    Thread.interrupted();
    work.clear();
  }

  @Override
  public void execute(Runnable command) {
    work.add(command);
  }

  @Override
  public void shutdown() {
    closed = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    closed = true;
    List<Runnable> rest = new ArrayList<>(work);
    work.clear();
    return rest;
  }

  @Override
  public boolean isShutdown() {
    return closed;
  }

  @Override
  public boolean isTerminated() {
    return closed;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
