package com.shareuptime.streams.cli.feed;

import com.shareuptime.streams.cli.check.Commits;
import com.shareuptime.streams.client.Cursor;
import com.shareuptime.streams.client.FeedEntry;
import com.shareuptime.streams.client.FeedPage;
import com.shareuptime.streams.client.FeedReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Reads a page, and the same of the tables, of one moment as far as that is possible. */
record Explanation(FeedReader reader, Tables tables, Commits commits) {
  private static final String SURFACE = "feeds.redis";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** While the tables' own page changes between two looks, nothing can be said. */
  private static final int ATTEMPTS = 10;

  FeedView page(long user, int page, int size) {
    return FeedView.of(user, page, size, read(user, page, size));
  }

  FeedView compared(long user, int page, int size) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      List<Long> before = tables.page(user, page, size);
      boolean hasPassed = commits.awaitSurface(SURFACE, commits.position(), PATIENCE);
      FeedPage read = read(user, page, size);
      List<Long> after = tables.page(user, page, size);
      List<Long> ids = read.entries().stream().map(FeedEntry::postId).toList();
      boolean isEqual = ids.equals(before) || ids.equals(after);
      if (isEqual || before.equals(after) || attempt == ATTEMPTS) {
        return FeedView.of(user, page, size, read)
            .besides(ids.equals(before) ? before : after, hasPassed);
      }
    }
  }

  private FeedPage read(long user, int page, int size) {
    FeedPage read = reader.read(user, Cursor.TOP, size);
    for (int i = 1; i < page; i++) {
      if (read.next().isEmpty()) {
        return new FeedPage(List.of(), read.next(), read.completeness(), 0);
      }
      read = reader.read(user, read.next().get(), size);
    }
    return read;
  }
}
