package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.contract.Counts;

/**
 * Rows of the product's tables that concern a post or reel.
 *
 * @param deletedComments rows that are there but do not count
 */
record RowCounts(long likes, long comments, long deletedComments, long shares) {
  Counts counts() {
    return new Counts(likes, comments - deletedComments, shares);
  }

  String text() {
    return "%,d rows of likes; %,d of comments, %,d of them deleted softly; %,d of shares"
        .formatted(likes, comments, deletedComments, shares);
  }
}
