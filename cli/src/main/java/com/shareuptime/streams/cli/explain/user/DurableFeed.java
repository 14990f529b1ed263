package com.shareuptime.streams.cli.explain.user;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.shareuptime.streams.contract.Id;
import java.util.List;

/**
 * What {@code user_feeds} has of a user.
 *
 * @param newest position of the newest row; null where there is none
 * @param onPage rows from the oldest entry of the page on
 * @param keptFrom older positions are not kept, epoch microseconds
 */
record DurableFeed(
    long rows, String oldest, String newest, @JsonIgnore List<Id> onPage, long keptFrom) {
  String text() {
    return rows == 0 ? "no rows" : "%,d rows from %s to %s".formatted(rows, oldest, newest);
  }
}
