package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Id;
import java.util.List;
import java.util.Locale;

/**
 * The reader of feeds that services use, as far as it is judged here. Safe for use by many threads;
 * may throw {@link SurfaceAwayException}.
 */
@FunctionalInterface
public interface FeedPages {
  /** Above every post, one dated {@code infinity} as well. */
  Entry TOP = new Entry(Id.HIGHEST, Long.MAX_VALUE);

  /** Where a page came from. */
  enum Source {
    REDIS,
    MIXED,
    SQL;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param createdAt epoch microseconds
   */
  record Entry(Id postId, long createdAt) {
    boolean isOlderThan(Entry other) {
      return createdAt < other.createdAt
          || (createdAt == other.createdAt && postId.compareTo(other.postId) < 0);
    }
  }

  /**
   * @param entries newest first
   * @param hasFeed whether the user has a feed in Redis
   */
  record Page(List<Entry> entries, Source source, boolean hasFeed) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /** The page of what is older than {@code after}. */
  Page read(Id user, Entry after, int size);
}
