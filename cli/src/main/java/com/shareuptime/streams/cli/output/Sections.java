package com.shareuptime.streams.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * A text for people in parts, each with a title and indented; parts without content are left out.
 */
public final class Sections {
  private static final String INDENT = "  ";

  private final List<String> lines = new ArrayList<>();

  public Sections text(String text) {
    lines.add(text);
    return this;
  }

  public Sections list(String title, List<String> content) {
    if (!content.isEmpty()) {
      lines.add("");
      lines.add(title);
      content.forEach(line -> lines.add(INDENT + line));
    }
    return this;
  }

  public Sections table(String title, List<String> head, List<? extends List<?>> rows) {
    return list(title, rows.isEmpty() ? List.of() : Output.table(head, rows).lines().toList());
  }

  @Override
  public String toString() {
    return String.join(System.lineSeparator(), lines);
  }
}
