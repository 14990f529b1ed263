package com.shareuptime.streams.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checked-out project, from whatever module a test runs in. */
public final class Repository {
  private Repository() {}

  /** A file of the project, named from its root. */
  public static Path file(String path) {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("flink-conf"))) {
      root = root.getParent();
    }
    if (root == null) {
      throw new IllegalStateException("no folder above this one holds flink-conf/");
    }
    return root.resolve(path);
  }

  /** The text of such a file. */
  public static String text(String path) {
    try {
      return Files.readString(file(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
