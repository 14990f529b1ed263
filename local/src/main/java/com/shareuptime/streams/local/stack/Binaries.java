package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.CommandException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Native servers that come inside jars, unpacked once per machine and version. Unpacking is atomic:
 * several processes may do it at once.
 */
final class Binaries {
  private static final String POSTGRES = "/postgres-linux-x86_64.txz";
  private static final String REDIS = "/redis-server-6.2.6-v5-linux-amd64";

  private Binaries() {}

  /** The folder that holds Postgres's {@code bin}. */
  static Path postgres() throws IOException {
    requireLinux();
    return unpacked("postgres-17.6", Binaries::unpackPostgres);
  }

  /** The packaged redis-server; whether it runs here depends on the machine's libssl. */
  static Path redis() throws IOException {
    requireLinux();
    return unpacked("redis-6.2.6", Binaries::unpackRedis).resolve("redis-server");
  }

  private static void requireLinux() {
    String os = System.getProperty("os.name");
    String arch = System.getProperty("os.arch");
    if (!os.equals("Linux") || !arch.toLowerCase(Locale.ROOT).equals("amd64")) {
      throw CommandException.wrong(
          "The local stack brings its servers as Linux x86-64 binaries; this is "
              + os
              + " "
              + arch
              + ".",
          "Run it on Linux x86-64 (a virtual machine or a container will do).");
    }
  }

  private interface Unpack {
    void into(Path folder) throws IOException;
  }

  private static Path unpacked(String name, Unpack unpack) throws IOException {
    Path cache = cache();
    Path ready = cache.resolve(name);
    if (Files.isDirectory(ready)) {
      return ready;
    }
    Files.createDirectories(cache);
    Path partial = Files.createTempDirectory(cache, name + ".");
    Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
    unpack.into(partial);
    try {
      Files.move(partial, ready, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(ready)) {
        throw e;
      }
      delete(partial);
    }
    return ready;
  }

  private static Path cache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return base.resolve("shareuptime-streams");
  }

  private static void unpackPostgres(Path folder) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(resource(POSTGRES))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("Entry outside of the archive's folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(target.getParent());
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(tar, target);
          boolean executable = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static void unpackRedis(Path folder) throws IOException {
    Path target = folder.resolve("redis-server");
    try (InputStream binary = resource(REDIS)) {
      Files.copy(binary, target);
    }
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static InputStream resource(String name) throws IOException {
    InputStream stream = Binaries.class.getResourceAsStream(name);
    if (stream == null) {
      throw new IOException(name + " is not on the class path");
    }
    return stream;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
