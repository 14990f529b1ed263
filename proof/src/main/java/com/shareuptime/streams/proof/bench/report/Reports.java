package com.shareuptime.streams.proof.bench.report;

import com.shareuptime.streams.contract.Installation;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where reports are kept. */
public final class Reports {
  private static final DateTimeFormatter NOW =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private Reports() {}

  /** A file or folder of now, e.g. {@code proof/target/bench-20260102-030405.json}. */
  public static Path file(String name, String ending) {
    return Installation.find()
        .root()
        .resolve("proof/target")
        .resolve(name + "-" + LocalDateTime.now().format(NOW) + ending);
  }
}
