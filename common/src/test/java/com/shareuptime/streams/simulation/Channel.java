package com.shareuptime.streams.simulation;

import java.util.ArrayDeque;

/** A queue from one subtask to another: records, watermarks, idleness, barriers. */
final class Channel {
  /** Marks the place of a checkpoint among the records. */
  record Barrier(long checkpoint) {}

  final SimulatedTask to;
  final int input;

  /** Its number within the input. */
  final int number;

  private final ArrayDeque<Object> queue = new ArrayDeque<>();

  /** Behind a barrier that the task's other channels have not seen yet. */
  boolean blocked;

  Channel(SimulatedTask to, int input, int number) {
    this.to = to;
    this.input = input;
    this.number = number;
  }

  void add(Object element) {
    queue.add(element);
    if (queue.size() == 1 && !blocked) {
      to.isReady(this);
    }
  }

  Object poll() {
    return queue.poll();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }
}
