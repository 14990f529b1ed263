package com.shareuptime.streams.proof.traffic;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What stands in a statement by its name, e.g. {@code :odd_text}. */
enum SqlValue {
  TYPE,
  TARGET,
  USER,
  FOLLOWEE,
  COMMENT,
  PARENT,
  SHARE,
  NUMBER,
  TEXT,
  ODD_TEXT,
  ODD_TIME,
  USERNAME,
  DISPLAY_NAME,
  AVATAR_URL,
  IS_VERIFIED,
  VISIBILITY,
  ANSWERED,
  RANGE;

  /** What an {@link Interaction} has. */
  static final Set<SqlValue> OF_ROWS = EnumSet.range(TYPE, ODD_TIME);

  /** What a {@link com.shareuptime.streams.proof.traffic.text.Profile} has. */
  static final Set<SqlValue> OF_PROFILES =
      EnumSet.of(USER, USERNAME, DISPLAY_NAME, AVATAR_URL, IS_VERIFIED);

  /** As in statements, without the colon. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<SqlValue> labelled(String label) {
    return Arrays.stream(values()).filter(value -> value.label().equals(label)).findFirst();
  }
}
