package com.shareuptime.streams.version;

import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * Tells which decisions of a subtask no failure takes back any more: those that all checkpoints
 * contain which could be restored.
 */
public final class Durability {
  /** How many checkpoints Flink keeps: {@code execution.checkpointing.num-retained}. */
  public static final int RETAINED = 2;

  private long lastSnapshot;
  private long lastComplete;
  private long completeBefore = Long.MIN_VALUE;

  private Durability(long restored) {
    this.lastSnapshot = restored;
    this.lastComplete = restored;
  }

  /** Of a run that starts, with or without state. */
  public static Durability of(FunctionInitializationContext context) {
    return new Durability(context.getRestoredCheckpointId().orElse(0));
  }

  /** A snapshot of the subtask is taken. */
  public void snapshot(long checkpoint) {
    lastSnapshot = checkpoint;
  }

  /** A checkpoint is complete. */
  public void complete(long checkpoint) {
    if (checkpoint > lastComplete) {
      completeBefore = lastComplete;
      lastComplete = checkpoint;
    }
  }

  /** The checkpoint that will contain what is decided now; may be kept in state. */
  public long next() {
    return lastSnapshot + 1;
  }

  /**
   * Whether each of the {@link #RETAINED} newest complete checkpoints is one that {@link #next} has
   * told, or a later one: then not even a restore from the older takes the decision back.
   */
  public boolean covers(long checkpoint) {
    return checkpoint <= completeBefore;
  }
}
