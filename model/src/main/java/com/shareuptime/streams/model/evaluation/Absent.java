package com.shareuptime.streams.model.evaluation;

import java.nio.charset.StandardCharsets;

/** In the place of a value that is not known, as an update did not carry a large value. */
public enum Absent {
  /**
   * The large value itself: it is not null, and is none of up to {@link #SHORTEST} bytes. Whatever
   * it was before the update, it still is.
   */
  VALUE,
  /** Something that is computed from one. */
  DERIVED;

  /** A value that is stored out of line is longer than the pointer to it. */
  static final int SHORTEST = 20;

  /** Whether a large value is certainly not this one. */
  static boolean isNever(Object literal) {
    return literal instanceof String text
        && text.length() <= SHORTEST
        && text.getBytes(StandardCharsets.UTF_8).length <= SHORTEST;
  }
}
