package com.shareuptime.streams.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobMemoryTest {
  @TempDir private Path folder;

  @Test
  void withWhatAJobWasSubmittedIsKnownAfterItHasLeftAState() {
    Settings settings =
        new Settings(Map.of("redis.url", "redis://a")).given(Map.of("search.vectors", "true"));
    JobMemory.ofStart("1", Optional.empty(), settings, OptionalInt.of(3))
        .withLeftState("file:/savepoint")
        .write(folder.resolve("search.json"));

    JobMemory memory = JobMemory.read(folder.resolve("search.json")).orElseThrow();
    assertThat(memory.leftState()).isEqualTo("file:/savepoint");
    assertThat(memory.known()).contains(settings);
    assertThat(memory.width()).hasValue(3);
  }

  @Test
  void aFileOfAnEarlierVersionTellsOfStatesAlone() throws IOException {
    Path file = folder.resolve("search.json");
    Files.writeString(file, "{\"jobId\":\"1\",\"startedFrom\":null,\"leftState\":\"file:/x\"}");

    JobMemory memory = JobMemory.read(file).orElseThrow();
    assertThat(memory.leftState()).isEqualTo("file:/x");
    assertThat(memory.known()).isEmpty();
    assertThat(memory.width()).isEmpty();
  }
}
