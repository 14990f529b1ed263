package com.shareuptime.streams.sink;

/**
 * The task that a writer belongs to.
 *
 * @param subtask its index
 * @param parallelism of its operator
 * @param newest whether no later attempt of it has begun
 */
public record SinkTask(int subtask, int parallelism, NewestAttempt newest) {

  /** Asks whether this is still the newest attempt of the task. */
  @FunctionalInterface
  public interface NewestAttempt {
    /**
     * Returns if no later attempt has called this before.
     *
     * @throws SupersededException if one has
     * @throws Exception if it cannot be told now
     */
    void require() throws Exception;
  }
}
