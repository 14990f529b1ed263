package com.shareuptime.streams.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out which process listens on a port, as far as Linux lets us see it. */
final class PortOwner {
  private static final String LISTENING = "0A";

  private PortOwner() {}

  /** {@code " by process 4711 (java)"}, or nothing if it is another user's. */
  static String describe(int port) {
    return inode("/proc/net/tcp", port)
        .or(() -> inode("/proc/net/tcp6", port))
        .flatMap(PortOwner::holder)
        .map(
            process ->
                " by process "
                    + process.pid()
                    + process
                        .info()
                        .command()
                        .map(command -> " (" + Path.of(command).getFileName() + ")")
                        .orElse(""))
        .orElse("");
  }

  private static Optional<String> inode(String table, int port) {
    String local = ":%04X".formatted(port).toUpperCase(Locale.ROOT);
    try (Stream<String> lines = Files.lines(Path.of(table))) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(row -> row.length > 9 && row[1].endsWith(local) && row[3].equals(LISTENING))
          .map(row -> row[9])
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static Optional<ProcessHandle> holder(String inode) {
    Path socket = Path.of("socket:[" + inode + "]");
    return ProcessHandle.allProcesses().filter(process -> holds(process, socket)).findFirst();
  }

  private static boolean holds(ProcessHandle process, Path socket) {
    try (Stream<Path> files = Files.list(Path.of("/proc", process.pid() + "", "fd"))) {
      return files.anyMatch(
          file -> {
            try {
              return Files.readSymbolicLink(file).equals(socket);
            } catch (IOException e) {
              return false; // closed meanwhile
            }
          });
    } catch (IOException | UncheckedIOException e) {
      return false; // gone meanwhile, or not ours
    }
  }
}
