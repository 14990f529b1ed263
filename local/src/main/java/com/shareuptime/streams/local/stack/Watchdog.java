package com.shareuptime.streams.local.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Ends the servers of a home, and removes it, when the JVM that called {@link #guard} is gone, by
 * whatever death. A shell waits on a pipe that only this JVM holds open.
 */
final class Watchdog {
  private static final String SCRIPT =
      """
      read -r _
      for pid in "$1"/run/*.pid; do
        [ -f "$pid" ] && kill -KILL "-$(cut -d' ' -f1 "$pid")" 2>/dev/null
      done
      for _ in 1 2 3 4 5 6 7 8 9 10; do
        rm -rf "$1" 2>/dev/null && break
        sleep 0.5
      done
      """;

  private Watchdog() {}

  static void guard(Path home) throws IOException {
    new ProcessBuilder(List.of("setsid", "sh", "-c", SCRIPT, "watchdog", home.toString()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
