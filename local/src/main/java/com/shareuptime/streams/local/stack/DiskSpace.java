package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Servers that run out of disk fail in odd places, so a nearly full one is refused at the start.
 */
final class DiskSpace {
  /** Postgres's log alone may take 2 GiB between two of its checkpoints. */
  private static final long NEEDED_BYTES = 2L << 30;

  private DiskSpace() {}

  static void require(Path folder) {
    require(folder, NEEDED_BYTES);
  }

  static void require(Path folder, long neededBytes) {
    try {
      long usable = Files.getFileStore(folder).getUsableSpace();
      if (usable < neededBytes) {
        throw CommandException.wrong(
            "The disk that holds %s has %,d MiB free; the stack needs %,d MiB."
                .formatted(folder, usable >> 20, neededBytes >> 20),
            "Free some space, or name a folder on a larger disk in STREAMS_HOME.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot ask for the free space of " + folder, e);
    }
  }
}
