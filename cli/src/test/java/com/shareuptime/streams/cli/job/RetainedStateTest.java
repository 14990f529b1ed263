package com.shareuptime.streams.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedStateTest {
  private static final String RUN = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  private Path state(String name, long writtenAt) throws IOException {
    Path state = Files.createDirectories(folder.resolve(name));
    Path metadata = Files.writeString(state.resolve("_metadata"), "x");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenAt));
    return state;
  }

  private static JobMemory memory(Path startedFrom, Path leftState) {
    return new JobMemory(
        RUN,
        startedFrom == null ? null : startedFrom.toUri().toString(),
        leftState == null ? null : "file:" + leftState);
  }

  @Test
  void theNewestCompleteCheckpointOfTheLastRunIsTaken() throws IOException {
    state(RUN + "/chk-9", 1_000);
    Path newest = state(RUN + "/chk-10", 2_000);
    Files.createDirectories(folder.resolve(RUN + "/chk-11")); // not complete
    state("another/chk-99", 9_000);

    assertThat(RetainedState.newest(folder, memory(null, null)))
        .contains(newest.toUri().toString());
  }

  @Test
  void aSavepointTakenAfterTheLastCheckpointGoesFirst() throws IOException {
    state(RUN + "/chk-9", 1_000);
    Path savepoint = state("savepoint-1", 2_000);

    assertThat(RetainedState.newest(folder, memory(null, savepoint)))
        .contains(savepoint.toUri().toString());
  }

  @Test
  void aRunThatNeverCompletedACheckpointGoesBackToItsBeginning() throws IOException {
    Path savepoint = state("savepoint-1", 2_000);

    assertThat(RetainedState.newest(folder, memory(savepoint, null)))
        .contains(savepoint.toUri().toString());
  }

  @Test
  void withoutAnyStateThereIsNothingToResume() {
    assertThat(RetainedState.newest(folder, memory(folder.resolve("gone"), null))).isEmpty();
  }

  @Test
  void whatIsRememberedIsReadBack() {
    JobMemory memory = new JobMemory(RUN, null, "file:/savepoint");
    Path file = folder.resolve("jobs/counters.json");

    memory.write(file);

    assertThat(JobMemory.read(file)).contains(memory);
  }
}
