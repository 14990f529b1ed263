package com.shareuptime.streams.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * What a connector's enumerator sees of its readers: places its splits, see {@link SplitSpread}.
 */
final class SpreadContext<S extends SourceSplit> implements SplitEnumeratorContext<S> {
  private final SplitEnumeratorContext<S> outer;
  private final int splits;
  private final SplitSpread spread;
  private final Set<Integer> told = new HashSet<>();
  private Map<Integer, List<S>> gathered;

  SpreadContext(SplitEnumeratorContext<S> outer, int splits) {
    this.outer = outer;
    this.splits = splits;
    this.spread = new SplitSpread(outer.currentParallelism());
  }

  void forget(int reader) {
    spread.forget(reader);
    told.remove(reader);
  }

  /** Returns whether all readers are known now. */
  boolean holds(int reader, int held) {
    spread.holds(reader, held);
    return spread.isKnown();
  }

  /** Places what is assigned in several steps at once: only so can it be spread well. */
  void together(Runnable steps) {
    gathered = new HashMap<>();
    steps.run();
    Map<Integer, List<S>> all = gathered;
    gathered = null;
    place(all);
  }

  @Override
  public void assignSplits(SplitsAssignment<S> assignment) {
    if (gathered == null) {
      place(assignment.assignment());
    } else {
      assignment
          .assignment()
          .forEach(
              (reader, more) ->
                  gathered.computeIfAbsent(reader, r -> new ArrayList<>()).addAll(more));
    }
  }

  private void place(Map<Integer, List<S>> wanted) {
    Map<Integer, List<S>> placed = spread.place(wanted);
    if (!placed.isEmpty()) {
      outer.assignSplits(new SplitsAssignment<>(placed));
      told.removeAll(placed.keySet());
    }
    if (spread.isKnown() && spread.total() >= splits) {
      for (int reader : spread.spare()) {
        if (told.add(reader)) {
          outer.sendEventToSourceReader(reader, new SpreadSource.NoSplit());
        }
      }
    }
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return spread.isKnown() ? outer.registeredReaders() : Map.of();
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return outer.metricGroup();
  }

  @Override
  public void sendEventToSourceReader(int reader, SourceEvent event) {
    outer.sendEventToSourceReader(reader, event);
  }

  @Override
  public int currentParallelism() {
    return outer.currentParallelism();
  }

  @Override
  public void signalNoMoreSplits(int reader) {
    outer.signalNoMoreSplits(reader);
  }

  @Override
  public <R> void callAsync(Callable<R> callable, BiConsumer<R, Throwable> handler) {
    outer.callAsync(callable, handler);
  }

  @Override
  public <R> void callAsync(
      Callable<R> callable, BiConsumer<R, Throwable> handler, long delay, long period) {
    outer.callAsync(callable, handler, delay, period);
  }

  @Override
  public void runInCoordinatorThread(Runnable runnable) {
    outer.runInCoordinatorThread(runnable);
  }

  @Override
  public void setIsProcessingBacklog(boolean isProcessingBacklog) {
    outer.setIsProcessingBacklog(isProcessingBacklog);
  }
}
