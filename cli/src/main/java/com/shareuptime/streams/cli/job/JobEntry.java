package com.shareuptime.streams.cli.job;

import java.util.Map;
import java.util.Optional;

/**
 * Where a job's code is.
 *
 * @param module the folder in {@code jobs/} that builds its jar
 * @param mainClass which class of the jar starts it; empty for the one that the manifest names
 */
record JobEntry(String module, Optional<String> mainClass) {
  /** Jobs that share the jar of another. */
  private static final Map<String, JobEntry> SECOND_ENTRIES =
      Map.of(
          "feed-archive",
          new JobEntry(
              "feeds", Optional.of("com.shareuptime.streams.feeds.archive.FeedArchiveJob")),
          "reindex-posts",
          new JobEntry("search", Optional.empty()),
          "reindex-reels",
          new JobEntry("search", Optional.empty()));

  static JobEntry of(String name) {
    return SECOND_ENTRIES.getOrDefault(name, new JobEntry(name, Optional.empty()));
  }
}
