package com.shareuptime.streams.cli.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.shareuptime.streams.local.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is remembered of a job between two of its runs.
 *
 * @param jobId its last run
 * @param startedFrom the state from which that run started, null if from none
 * @param leftState the newest state known to exist after it, null if none is known
 */
public record JobMemory(String jobId, String startedFrom, String leftState) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  JobMemory withLeftState(String state) {
    return new JobMemory(jobId, startedFrom, state);
  }

  static Optional<JobMemory> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), JobMemory.class));
    } catch (IOException e) {
      throw StackException.wrong(
          "What is remembered of a job in " + file + " cannot be read: " + e.getMessage(),
          "Name the state yourself (--from …) or start without (--fresh); the file is written anew.");
    }
  }

  void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      JSON.writeValue(file.toFile(), this);
    } catch (IOException e) {
      throw StackException.unreachable(
          "Cannot write " + file + ": " + e.getMessage(),
          "Check that STREAMS_HOME is writable.",
          e);
    }
  }
}
