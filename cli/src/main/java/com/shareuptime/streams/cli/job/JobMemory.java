package com.shareuptime.streams.cli.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is remembered of a job between two of its runs.
 *
 * @param jobId its last run
 * @param startedFrom the state from which that run started, null if from none
 * @param leftState the newest state known to exist after it, null if none is known
 * @param settings all with which that run was submitted; null if they are not known
 * @param given those of them that were given for this job alone, key by key; null likewise
 * @param parallelism that it was given; null for the cluster's default
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record JobMemory(
    String jobId,
    String startedFrom,
    String leftState,
    Map<String, String> settings,
    Map<String, String> given,
    Integer parallelism) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Of a run that somebody else has submitted. */
  JobMemory(String jobId, String startedFrom, String leftState) {
    this(jobId, startedFrom, leftState, null, null, null);
  }

  static JobMemory ofStart(
      String jobId, Optional<String> state, Settings settings, OptionalInt parallelism) {
    return new JobMemory(
        jobId,
        state.orElse(null),
        null,
        settings.values(),
        settings.given(),
        parallelism.isPresent() ? parallelism.getAsInt() : null);
  }

  JobMemory withLeftState(String state) {
    return new JobMemory(jobId, startedFrom, state, settings, given, parallelism);
  }

  /** Empty if they are not known. */
  Optional<Settings> known() {
    return settings == null ? Optional.empty() : Optional.of(new Settings(settings, given));
  }

  OptionalInt width() {
    return parallelism == null ? OptionalInt.empty() : OptionalInt.of(parallelism);
  }

  static Optional<JobMemory> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), JobMemory.class));
    } catch (IOException e) {
      throw CommandException.wrong(
          "What is remembered of a job in " + file + " cannot be read: " + e.getMessage(),
          "Give the state yourself (--from …) or start without (--fresh); the file is"
              + " then written again.");
    }
  }

  void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      JSON.writeValue(file.toFile(), this);
    } catch (IOException e) {
      throw CommandException.unreachable(
          "Cannot write " + file + ": " + e.getMessage(),
          "Check that STREAMS_HOME is writable.",
          e);
    }
  }
}
