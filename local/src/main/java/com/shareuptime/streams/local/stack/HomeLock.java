package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Keeps two commands from starting the servers of one home at the same time. */
final class HomeLock implements AutoCloseable {
  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits while another process holds it. */
  static HomeLock take(StackHome home) {
    try {
      FileChannel channel =
          FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.lock();
      return new HomeLock(channel);
    } catch (OverlappingFileLockException e) {
      throw new IllegalStateException(
          "This JVM is starting servers of " + home.root() + " already", e);
    } catch (IOException e) {
      throw CommandException.unreachable(
          "Cannot lock " + home.lockFile() + ": " + e.getMessage(),
          "Check that STREAMS_HOME is a folder that you may write to.",
          e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot release the lock of the stack", e);
    }
  }
}
