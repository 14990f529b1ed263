package com.shareuptime.streams.local.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a server's log. */
public final class LogTail {
  private static final int BYTES_PER_LINE = 512;

  private LogTail() {}

  /** The lines and the file's name, ready to be shown. */
  static String describe(Path log, int lines) {
    List<String> tail = lines(log, lines);
    if (tail.isEmpty()) {
      return "It wrote nothing to its log " + log + ".";
    }
    return "The last lines of "
        + log
        + ":"
        + System.lineSeparator()
        + String.join(System.lineSeparator(), tail.stream().map(line -> "  " + line).toList());
  }

  /** At most so many lines, the newest last; empty if there is no log. */
  public static List<String> lines(Path log, int lines) {
    if (!Files.exists(log)) {
      return List.of();
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - (long) lines * BYTES_PER_LINE);
      byte[] end = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(end);
      List<String> all = new String(end, StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of("(cannot read " + log + ": " + e.getMessage() + ")");
    }
  }
}
