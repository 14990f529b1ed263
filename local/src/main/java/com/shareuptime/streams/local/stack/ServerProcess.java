package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server's operating-system process, known by its pid file. It leads a session of its own, so it
 * outlives the command that started it and a terminal's Ctrl-C does not reach it.
 */
final class ServerProcess {
  private static final long LOG_KEPT_BYTES = 20L << 20;
  private static final Duration POLL = Duration.ofMillis(10);

  private final ProcessHandle handle;
  private final Path pidFile;

  private ServerProcess(ProcessHandle handle, Path pidFile) {
    this.handle = handle;
    this.pidFile = pidFile;
  }

  static ServerProcess start(
      Server server,
      StackHome home,
      Path log,
      List<String> command,
      Map<String, String> environment)
      throws IOException {
    if (Files.exists(log) && Files.size(log) > LOG_KEPT_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> detached = new ArrayList<>(List.of("setsid"));
    detached.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(detached)
            .directory(home.root().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    ProcessHandle handle = builder.start().toHandle();
    Path pidFile = home.pid(server);
    Files.writeString(pidFile, handle.pid() + " " + startTicks(handle.pid()) + "\n");
    return new ServerProcess(handle, pidFile);
  }

  /** The server's process if its pid file names a live one; a stale pid file is removed. */
  static Optional<ServerProcess> running(Server server, StackHome home) {
    Path pidFile = home.pid(server);
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      String[] words = Files.readString(pidFile).trim().split(" ");
      if (words.length == 2 && startTicks(Long.parseLong(words[0])).equals(words[1])) {
        Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(words[0]));
        if (handle.isPresent()) {
          return Optional.of(new ServerProcess(handle.get(), pidFile));
        }
      }
      Files.deleteIfExists(pidFile);
      return Optional.empty();
    } catch (NumberFormatException e) {
      throw CommandException.wrong(
          "The pid file " + pidFile + " is damaged.", "Remove it: rm " + pidFile);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + pidFile, e);
    }
  }

  long pid() {
    return handle.pid();
  }

  boolean isAlive() {
    return handle.isAlive() && !startTicks(handle.pid()).isEmpty();
  }

  Optional<Instant> startedAt() {
    return handle.info().startInstant();
  }

  /** Asks with a signal, waits, and kills what is still there after {@code patience}. */
  void stop(String signal, Duration patience) {
    List<ProcessHandle> family = new ArrayList<>(handle.descendants().toList());
    send(signal, handle.pid());
    if (!awaitExit(handle, patience)) {
      family.addAll(family());
    }
    destroy(family);
  }

  /** Ends the server and its children at once (SIGKILL). */
  void kill() {
    destroy(family());
  }

  private void destroy(List<ProcessHandle> family) {
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(process -> awaitExit(process, Duration.ofSeconds(20)));
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + pidFile, e);
    }
  }

  private List<ProcessHandle> family() {
    List<ProcessHandle> family = new ArrayList<>();
    // Stopped first, so that it makes no child while its children are listed.
    send("STOP", handle.pid());
    family.add(handle);
    handle.descendants().forEach(family::add);
    return family;
  }

  private static void send(String signal, long pid) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot signal process " + pid, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.wrong("Interrupted while stopping process " + pid, "Try again.");
    }
  }

  private static boolean awaitExit(ProcessHandle process, Duration patience) {
    String started = startTicks(process.pid());
    Instant deadline = Instant.now().plus(patience);
    // Not ProcessHandle.onExit: that waits until an orphan is reaped, which init may put off.
    while (!started.isEmpty() && startTicks(process.pid()).equals(started)) {
      if (Instant.now().isAfter(deadline)) {
        return false;
      }
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /**
   * When the process started, in the kernel's ticks since boot: with the pid it names one process
   * for ever. Empty if there is none, or only a zombie.
   */
  private static String startTicks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      // The first thread of a killed process may be gone while others still hold its ports.
      boolean ended = fields[0].equals("Z") && Integer.parseInt(fields[17]) <= 1;
      return ended ? "" : fields[19];
    } catch (IOException e) {
      return "";
    }
  }
}
