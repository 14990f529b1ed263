package com.shareuptime.streams.proof.traffic;

import java.util.Locale;

/** What happens to rows that were there, as far as those who search see it. */
public enum Revision {
  /** Another content or caption. */
  EDITS,
  /** Another column alone: the text, however long, is not written again. */
  TOUCHES,
  /** Another username, and all that {@link #PROFILES} change. */
  RENAMES,
  /** Another display name, picture or mark of being verified. */
  PROFILES,
  VISIBILITIES,
  HIDDEN,
  RESTORED,
  DEACTIVATIONS,
  REACTIVATIONS,
  /** An account that becomes private: its posts are for followers at most. */
  PRIVATE_ACCOUNTS,
  /** An account that is private no more. */
  PUBLIC_ACCOUNTS;

  /** As in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
