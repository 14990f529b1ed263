package com.shareuptime.streams.cli.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the newest state on disk from which a job can go on. */
final class RetainedState {
  private RetainedState() {}

  /**
   * The newest complete one of: the last run's checkpoints under {@code checkpoints}, the state
   * that it left, the state from which it had started. A folder without its metadata is incomplete.
   */
  static Optional<String> newest(Path checkpoints, JobMemory memory) {
    Stream<Path> ofLastRun = checkpointsOf(checkpoints.resolve(memory.jobId())).stream();
    Stream<Path> remembered =
        Stream.of(memory.leftState(), memory.startedFrom())
            .filter(Objects::nonNull)
            .map(RetainedState::local);
    return Stream.concat(ofLastRun, remembered)
        .filter(state -> Files.exists(metadata(state)))
        .max(Comparator.comparing(RetainedState::writtenAt))
        .map(state -> state.toUri().toString());
  }

  private static List<Path> checkpointsOf(Path run) {
    if (!Files.isDirectory(run)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(run)) {
      return folders.filter(folder -> folder.getFileName().toString().startsWith("chk-")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + run, e);
    }
  }

  private static Path local(String state) {
    return Path.of(state.replaceFirst("^file:/+", "/"));
  }

  private static Path metadata(Path state) {
    return state.resolve("_metadata");
  }

  private static long writtenAt(Path state) {
    try {
      return Files.getLastModifiedTime(metadata(state)).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + metadata(state), e);
    }
  }
}
