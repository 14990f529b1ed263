package com.shareuptime.streams.proof.bench.feedcost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The page about costs: what is measured stands between two marks, the rest is written by people.
 *
 * @param folder of {@code feeds-cost.md}, and of the plot beside it
 */
record CostPage(Path folder) {
  private static final String BEGIN = "<!-- feed-cost -->\n";
  private static final String END = "<!-- end of feed-cost -->";

  void write(String measured, String plot) throws IOException {
    Path page = folder.resolve("feeds-cost.md");
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " lacks the lines '" + BEGIN.strip() + "' and '" + END + "'");
    }
    Files.writeString(
        page, text.substring(0, begin + BEGIN.length()) + measured + text.substring(end));
    Files.writeString(folder.resolve("feeds-cost.svg"), plot);
  }
}
