package com.shareuptime.streams.local.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short-lived program: run, waited for, its output taken. */
record Tool(int exitCode, String output) {
  private static final long PATIENCE_SECONDS = 120;

  static Tool run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command.get(0) + " did not end within " + PATIENCE_SECONDS + " s");
      }
      return new Tool(process.exitValue(), output);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while running " + command.get(0), e);
    }
  }

  /** Runs and demands success; the program's output is in the exception otherwise. */
  static String require(List<String> command) throws IOException {
    Tool tool = run(command);
    if (tool.exitCode != 0) {
      throw new IOException(
          String.join(" ", command) + " ended with " + tool.exitCode + ": " + tool.output);
    }
    return tool.output;
  }
}
