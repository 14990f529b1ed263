package com.shareuptime.streams.version;

import java.io.Serializable;

/** Where run numbers come from. */
@FunctionalInterface
public interface RunNumbers extends Serializable {

  /**
   * Draws the next run number, above every one that was handed out before; blocks until the server
   * that hands them out answers.
   *
   * @throws Exception if it refuses, with what to do about it
   */
  long next() throws Exception;

  /**
   * Draws the run number of a subtask that starts: above every one that this subtask has had, and
   * all subtasks before their number changed. Subtasks that start together may share one, so that a
   * job that fails again and again does not use them up.
   *
   * @throws Exception if the server refuses, with what to do about it
   */
  default long next(WritingSubtask subtask) throws Exception {
    return next();
  }

  /**
   * The newest number that any subtask of a writer has drawn by {@link #next(WritingSubtask)}, 0 if
   * none has.
   *
   * @param job the writer's job
   */
  default long newest(String job, String writer) throws Exception {
    return 0;
  }

  /**
   * A name for all losses of stores that have been noted so far, for which all that a job knows is
   * to be written again; empty if there was none. A run that is restored from a state with another
   * name has not made the newest good yet.
   *
   * @param job of the surfaces that count: {@code counters} for {@code counters.redis}
   */
  default String losses(String job) throws Exception {
    return "";
  }
}
