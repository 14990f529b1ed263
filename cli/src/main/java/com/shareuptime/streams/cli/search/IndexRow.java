package com.shareuptime.streams.cli.search;

import java.util.OptionalLong;

/**
 * An index of documents, as {@code streams.search_indexes} has it.
 *
 * @param writer the run that writes it
 * @param complete false while a reindex fills it
 * @param keep not to be removed at the end of its reindex
 * @param visible how far it is, as a number; empty until all of it is there
 */
record IndexRow(
    String name,
    String alias,
    String writer,
    boolean complete,
    boolean keep,
    OptionalLong visible,
    String description) {
  private static final String NOBODY = "nobody: ";

  /** False once another run has taken over from the one that wrote it. */
  boolean isWritten() {
    return !writer.startsWith(NOBODY);
  }
}
