package com.shareuptime.streams.cli.reconcile;

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
record HtmlReport(ReconcileView view, List<PastFinding> past, List<HistoryPoint> history) {
  private static final String DATA = "@DATA@";

  /** What the page shows, as its script reads it. */
  private record Data(
      long run,
      double seconds,
      String note,
      List<SurfaceResult> surfaces,
      List<ReconcileFinding> findings,
      List<PastFinding> past,
      List<HistoryPoint> history) {}

  void write(Path file) {
    try {
      Files.writeString(file, html());
    } catch (IOException e) {
      throw CommandException.usage(
          "Cannot write " + file + ": " + e.getMessage() + ".", "Give --html another place.");
    }
  }

  String html() {
    Data data =
        new Data(
            view.run(),
            view.seconds(),
            view.note(),
            view.surfaces(),
            view.findings(),
            past,
            history);
    // within a script an end tag would end it, wherever it stands
    return template().replace(DATA, Output.json(data).replace("</", "<\\/"));
  }

  private static String template() {
    try (InputStream page = HtmlReport.class.getResourceAsStream("report.html")) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the jar lacks report.html", e);
    }
  }
}
