package com.shareuptime.streams.cli.explain.user;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.shareuptime.streams.contract.EpochMicros;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.Cursor;
import com.shareuptime.streams.contract.feed.FeedZset;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Redis has for a user's feed.
 *
 * @param own the zset of the feed
 * @param filling whether it is being filled
 * @param pulled the timelines that are to be read with it
 * @param away why it cannot be read; null if it can
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RedisFeed(Zset own, boolean filling, List<Timeline> pulled, String away) {
  /**
   * A feed or timeline.
   *
   * @param mark position above which nothing is missing in it; null where there is no sentinel
   */
  record Zset(@JsonIgnore List<Cursor> positions, Long mark) {
    @JsonProperty
    int entries() {
      return positions.size();
    }

    String text() {
      if (mark == null) {
        return "%d entries and no mark: it counts as none".formatted(entries());
      }
      String from =
          mark == FeedZset.NOTHING_OLDER
              ? "and there are no others"
              : "all above " + EpochMicros.instant(mark);
      return "%d entries, %s".formatted(entries(), from);
    }
  }

  record Timeline(Id author, Zset zset) {}

  static RedisFeed away(String reason) {
    return new RedisFeed(new Zset(List.of(), null), false, List.of(), reason);
  }

  /** Above it nothing is missing in the feed and the timelines; empty if readers take SQL. */
  OptionalLong bound() {
    boolean isWhole =
        own.mark() != null && pulled.stream().allMatch(one -> one.zset().mark() != null);
    return isWhole
        ? OptionalLong.of(
            pulled.stream().mapToLong(one -> one.zset().mark()).reduce(own.mark(), Math::max))
        : OptionalLong.empty();
  }

  Set<Id> pulledPosts() {
    return pulled.stream()
        .flatMap(one -> one.zset().positions().stream())
        .map(Cursor::postId)
        .collect(Collectors.toSet());
  }

  String text() {
    if (away != null) {
      return away;
    }
    if (own.mark() == null && own.entries() == 0) {
      return filling ? "none: it is being filled" : "none: the user is inactive";
    }
    return own.text() + (filling ? "; being filled" : "");
  }
}
