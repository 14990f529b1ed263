package com.shareuptime.streams.cli.reconcile;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One page that needs nothing else: the run, what it found, and how it was before. */
record HtmlReport(
    @JsonUnwrapped ReconcileView view, List<PastFinding> past, List<HistoryPoint> history) {
  private static final String DATA = "@DATA@";

  void write(Path file) {
    try {
      Files.writeString(file, html());
    } catch (IOException e) {
      throw CommandException.usage(
          "Cannot write " + file + ": " + e.getMessage() + ".", "Give --html another place.");
    }
  }

  String html() {
    // within a script an end tag would end it, wherever it stands
    return template().replace(DATA, Output.json(this).replace("</", "<\\/"));
  }

  private static String template() {
    try (InputStream page = HtmlReport.class.getResourceAsStream("report.html")) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the jar lacks report.html", e);
    }
  }
}
