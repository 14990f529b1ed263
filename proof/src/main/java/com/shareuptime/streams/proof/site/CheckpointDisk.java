package com.shareuptime.streams.proof.site;

import com.shareuptime.streams.local.stack.StackHome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The folder of checkpoints as a disk of its own (tmpfs), small enough to be filled. Where mounting
 * is not permitted it is a folder like any other and cannot be.
 */
public final class CheckpointDisk implements AutoCloseable {
  private static final int SIZE_MB = 768;
  private static final int MOUNT_PATIENCE_S = 10;

  private final Path folder;
  private final boolean mounted;

  private CheckpointDisk(Path folder, boolean mounted) {
    this.folder = folder;
    this.mounted = mounted;
  }

  static CheckpointDisk below(StackHome home) throws IOException {
    Path folder = home.flinkData().resolve("checkpoints");
    Files.createDirectories(folder);
    boolean mounted =
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + SIZE_MB + "m", "tmpfs", "" + folder));
    return new CheckpointDisk(folder, mounted);
  }

  /** Whether it can be filled. */
  public boolean isOfItsOwn() {
    return mounted;
  }

  public Path folder() {
    return folder;
  }

  /** Writes until nothing goes in any more. */
  public void fill() {
    byte[] block = new byte[64 << 10];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // it is full
    }
  }

  public void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private static boolean run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(MOUNT_PATIENCE_S, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (mounted && !run(List.of("umount", folder.toString()))) {
      throw new UncheckedIOException(
          new IOException("Cannot unmount " + folder + "; do it by hand: umount " + folder));
    }
  }
}
