package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.StreamsHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The folder of one local stack (STREAMS_HOME) and where everything lies in it. */
public record StackHome(Path root) {
  private static final List<String> FOLDERS = List.of("data", "logs", "run", "conf", "jobs");
  private static final List<String> OURS =
      Stream.concat(FOLDERS.stream(), Stream.of("secrets", "ports.properties", "source.yaml"))
          .toList();

  public StackHome {
    root = root.toAbsolutePath().normalize();
  }

  public Path data(Server server) {
    return root.resolve("data").resolve(server.id());
  }

  /** The folder as commands know it. */
  public StreamsHome streams() {
    return new StreamsHome(root);
  }

  public Path flinkData() {
    return streams().flinkData();
  }

  public Path log(Server server) {
    return root.resolve("logs").resolve(server.id() + ".log");
  }

  /** What a server that writes its log itself prints besides, e.g. a JVM's last words. */
  public Path printed(Server server) {
    return root.resolve("logs").resolve(server.id() + ".out");
  }

  public Path pid(Server server) {
    return root.resolve("run").resolve(server.id() + ".pid");
  }

  public Path conf(String name) {
    return root.resolve("conf").resolve(name);
  }

  Path portsFile() {
    return root.resolve("ports.properties");
  }

  Path lockFile() {
    return root.resolve("run").resolve("lock");
  }

  public Path postgresPasswordFile() {
    return root.resolve("secrets").resolve("postgres-password");
  }

  /** Which database the stack reads, if it is not its own. */
  public SourceFile source() {
    return new SourceFile(
        root.resolve("source.yaml"), root.resolve("secrets").resolve("source-password"));
  }

  /** Leaves word where the servers are; removed when they are stopped. */
  void writeServers(String yaml) {
    try {
      Files.writeString(streams().servers(), yaml);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  void forgetServers() {
    try {
      Files.deleteIfExists(streams().servers());
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private CommandException unwritable(IOException e) {
    return CommandException.unreachable(
        "Cannot write in the stack's folder " + root + ": " + e.getMessage(),
        "Give a folder that you may write to in STREAMS_HOME.",
        e);
  }

  /** Makes the folders and, once, the secrets; the secrets can be read by their owner only. */
  void create() {
    try {
      for (String folder : FOLDERS) {
        Files.createDirectories(root.resolve(folder));
      }
      Path secrets = root.resolve("secrets");
      if (!Files.isDirectory(secrets)) {
        Files.createDirectory(
            secrets,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      if (!Files.exists(postgresPasswordFile())) {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        writeSecret(postgresPasswordFile(), HexFormat.of().formatHex(random));
      }
    } catch (IOException e) {
      throw CommandException.unreachable(
          "Cannot prepare the stack's folder " + root + ": " + e.getMessage(),
          "Give a folder that you may write to in STREAMS_HOME.",
          e);
    }
  }

  /**
   * Removes what the stack has made; what else lies in the folder stays, and the folder with it.
   */
  void delete() {
    try {
      for (String name : OURS) {
        deleteTree(root.resolve(name));
      }
      if (Files.isDirectory(root) && isEmpty(root)) {
        Files.delete(root);
      }
    } catch (IOException | UncheckedIOException e) {
      throw CommandException.unreachable(
          "Cannot remove the stack's data in " + root + ": " + e.getMessage(),
          "Remove what is left of it by hand.",
          e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void deleteTree(Path top) throws IOException {
    if (!Files.exists(top)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(top)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static void writeSecret(Path file, String secret) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, secret);
  }
}
