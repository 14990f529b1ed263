package com.shareuptime.streams.sink;

import java.io.Serializable;
import java.util.List;

/**
 * What is done when a store lacks writes that it had confirmed and that the writer has forgotten:
 * the store was restored, or failed over to a copy that was behind.
 */
public interface LostWrites extends Serializable {

  /**
   * Makes the loss good, or sees to it that somebody does.
   *
   * @param lost what the store had confirmed, of each writer that it holds less of
   * @return whether nothing is missing now, or readers see that it is missing; if not, no progress
   *     is published until the job starts without state
   * @throws AllMustBeWritten to have the job start again, and write all it knows
   * @throws Exception if it cannot be done now: it is tried again, and no progress is published
   */
  boolean makeGood(List<StoreMark> lost) throws Exception;

  /** What an operator is told to do; for the log. */
  String advice();

  /** For what is written again soon in any case. */
  static LostWrites healed(String why) {
    return new Fixed(true, "nothing, as " + why);
  }

  /** For what only a command can bring back. */
  static LostWrites heldUntil(String command) {
    return new Fixed(false, command);
  }

  /** Nothing can be done about it, or nothing need be. */
  record Fixed(boolean good, String advice) implements LostWrites {
    @Override
    public boolean makeGood(List<StoreMark> lost) {
      return good;
    }
  }

  /** Thrown where only a new start of the job can write again what is missing. */
  final class AllMustBeWritten extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AllMustBeWritten(String message) {
      super(message);
    }
  }
}
