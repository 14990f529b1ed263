package com.shareuptime.streams.model.syntax;

import com.shareuptime.streams.model.expression.Position;
import com.shareuptime.streams.model.expression.Problems;
import java.util.List;

/**
 * The statements of a file that could be read; the others are problems.
 *
 * @param unread names of views whose select is a problem
 * @param whole whether it was read to its end
 */
public record ParsedFile(
    List<ParsedView> views, List<ParsedComment> comments, List<String> unread, boolean whole) {
  public ParsedFile {
    unread = List.copyOf(unread);
    views = List.copyOf(views);
    comments = List.copyOf(comments);
  }

  /** {@code comment on view … is '…'}. */
  public record ParsedComment(Position at, String view, String text) {}

  /** Reads all that can be read, and adds a problem for each part that cannot. */
  public static ParsedFile read(String text, Problems problems) {
    return new StatementReader(text, problems).read();
  }
}
