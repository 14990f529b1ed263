package com.shareuptime.streams.cli.explain.user;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;

/**
 * What the product's tables say of a user.
 *
 * @param about the row in words, for people
 * @param snapshot the fields of the author, as documents must have them
 */
record Account(
    String about,
    @JsonIgnore boolean active,
    @JsonIgnore Map<String, String> snapshot,
    Follows follows) {

  /** How many there are; only those accepted count for feeds. */
  record Follows(long following, long asked, long followers, long asking) {
    String text() {
      return "follows %,d (asked %,d more), is followed by %,d (%,d more ask)"
          .formatted(following, asked, followers, asking);
    }
  }
}
