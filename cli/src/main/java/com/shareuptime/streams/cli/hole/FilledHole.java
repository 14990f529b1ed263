package com.shareuptime.streams.cli.hole;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * How it stands with a hole.
 *
 * @param why of the state, in words
 */
public record FilledHole(@JsonUnwrapped Hole hole, State state, String why) {
  /** What has become of it. */
  public enum State {
    /** The surfaces show what was missing. */
    RIGHT,
    /** They do so now. */
    FILLED,
    /** They do not, or that cannot be told. */
    OPEN
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }

  /** Head of a table of them. */
  public static final List<String> HEAD = List.of("ROW", "LACKS", "SURFACES", "STATE", "");

  /** Of that table. */
  public List<String> row() {
    return List.of(
        hole.table() + " " + hole.key(),
        hole.columns() == null ? "the change" : String.join(", ", hole.columns()),
        String.join(", ", hole.getSurfaces()),
        state.name(),
        why);
  }
}
