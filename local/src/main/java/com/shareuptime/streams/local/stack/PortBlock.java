package com.shareuptime.streams.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Twenty ports that belong to this JVM until it ends: a stack binds some of its ports long after it
 * has drawn them, when another stack of this machine could have drawn them too.
 */
final class PortBlock {
  // below the range from which Linux draws ports of outgoing connections (32768 up), so that no
  // client's socket sits on a port when the server binds it
  private static final int FROM = 20_000;
  private static final int TO = 32_000;
  private static final int SIZE = 20;

  static final Path FOLDER =
      Path.of(
          System.getProperty("java.io.tmpdir"), "streams-ports-" + System.getProperty("user.name"));

  /** Kept open: a lock ends with its channel. */
  private static final List<FileLock> CLAIMED = new ArrayList<>();

  private PortBlock() {}

  /** The first port of a block that nobody else has claimed. */
  static synchronized int claim() {
    while (true) {
      int base = FROM + ThreadLocalRandom.current().nextInt((TO - FROM) / SIZE) * SIZE;
      Optional<FileLock> lock = lock(base);
      if (lock.isPresent()) {
        CLAIMED.add(lock.get());
        return base;
      }
    }
  }

  private static Optional<FileLock> lock(int base) {
    try {
      Files.createDirectories(FOLDER);
      FileChannel file =
          FileChannel.open(
              FOLDER.resolve(base + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        Optional<FileLock> lock = Optional.ofNullable(file.tryLock());
        if (lock.isEmpty()) {
          file.close();
        }
        return lock;
      } catch (OverlappingFileLockException e) { // this JVM has it
        file.close();
        return Optional.empty();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot claim ports in " + FOLDER, e);
    }
  }
}
