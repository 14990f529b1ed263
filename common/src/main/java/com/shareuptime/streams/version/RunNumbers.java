package com.shareuptime.streams.version;

import java.io.Serializable;

/** Where run numbers come from: each is above every one that was handed out before. */
@FunctionalInterface
public interface RunNumbers extends Serializable {

  /**
   * Draws the next run number; blocks until the server that hands them out answers.
   *
   * @throws Exception if it refuses, with what to do about it
   */
  long next() throws Exception;
}
