package com.shareuptime.streams.proof.traffic;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What goes wrong on demand between the tables and the events. */
public enum Fault {
  /** An event is sent again, at once or seconds later. */
  DUPLICATES,
  /** A row without its event. */
  LOST,
  /** The event of a transaction that was rolled back. */
  PHANTOMS,
  /** An event comes seconds after its row, a few later than any sensible grace. */
  LATE,
  /** Events overtake each other within a second. */
  REORDERED,
  /** Broken JSON, wrong types, unknown names, impossible ids, bad event ids, invalid UTF-8. */
  MALFORMED,
  /** A value of more than 1 MiB. */
  OVERSIZED,
  /** An event of next year. */
  FAR_FUTURE,
  /** Many unlikes at once, and likes cleared in one statement without any event. */
  BULK_DELETES,
  /** A user goes with all that hangs on it. */
  USER_DELETES,
  /** A post or reel is marked as deleted: its counts stay. */
  SOFT_DELETES,
  /** A post or reel is really deleted, its likes and comments with it or left behind. */
  TARGET_DELETES,
  /** A transaction stays open for seconds. */
  SLOW_TRANSACTIONS,
  /** A post or reel goes to another author, who has nothing to do with the former one. */
  MOVES,
  /** A post gets another time of creation. */
  NEW_DATES,
  /** Two sessions make one row at once, and one of them waits for the other. */
  RACES,
  /** Times of any millennium, and texts and names that no person writes. */
  ODD_VALUES;

  /** The name in {@code --faults}, e.g. {@code far-future}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Parses {@code none}, {@code all} or a comma-separated list of names.
   *
   * @throws IllegalArgumentException with the known names, if one is unknown
   */
  public static Set<Fault> parse(String list) {
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    for (String name : list.split(",", -1)) {
      switch (name.strip()) {
        case "none" -> {}
        case "all" -> faults.addAll(EnumSet.allOf(Fault.class));
        default -> faults.add(named(name.strip()));
      }
    }
    return faults;
  }

  private static Fault named(String name) {
    return Arrays.stream(values())
        .filter(fault -> fault.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no fault named '%s'; known: none, all, %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Fault::label)
                                .collect(Collectors.joining(", ")))));
  }
}
