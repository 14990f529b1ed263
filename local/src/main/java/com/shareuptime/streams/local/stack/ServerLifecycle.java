package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts, watches and ends one server of a stack. */
final class ServerLifecycle {
  /**
   * For a start beside all others on two busy cores, and its recovery after a power cut: OpenSearch
   * alone took 90 s. One that ends is told at once.
   */
  private static final Duration START_PATIENCE = Duration.ofMinutes(4);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final int LOG_LINES_SHOWN = 12;

  private final Driver driver;
  private final StackHome home;
  private final Ports ports;

  ServerLifecycle(Driver driver, StackHome home, Ports ports) {
    this.driver = driver;
    this.home = home;
    this.ports = ports;
  }

  Server server() {
    return driver.server();
  }

  String address() {
    return driver.address();
  }

  Optional<ServerProcess> process() {
    return ServerProcess.running(server(), home);
  }

  /** Does nothing but wait for health if it runs already. */
  void start() {
    Optional<ServerProcess> running = process();
    try {
      if (running.isEmpty()) {
        requireFreePorts();
        driver.prepare();
        running =
            Optional.of(
                ServerProcess.start(
                    server(), home, printed(), driver.command(), driver.environment()));
      }
    } catch (IOException e) {
      throw CommandException.unreachable(
          "Cannot start " + server().id() + ": " + e.getMessage(),
          "Its log, if it got so far: " + home.log(server()),
          e);
    }
    awaitHealth(running.get());
  }

  private void requireFreePorts() {
    for (Port port : driver.ports()) {
      int number = ports.of(port);
      if (!Ports.isFree(number)) {
        throw CommandException.wrong(
            "Port %d, which %s needs, is taken%s."
                .formatted(number, server().id(), PortOwner.describe(number)),
            "End what listens there, or move the whole stack to other ports: ./streams down, then set"
                + " STREAMS_PORT_BASE (now %d, e.g. STREAMS_PORT_BASE=%d) and ./streams up."
                    .formatted(number - port.offset(), number - port.offset() + 1_000));
      }
    }
  }

  private void awaitHealth(ServerProcess process) {
    Instant deadline = Instant.now().plus(START_PATIENCE);
    while (true) {
      Optional<String> healthProblem = healthProblem();
      if (healthProblem.isEmpty()) {
        return;
      }
      if (!process.isAlive()) {
        throw CommandException.unreachable(server().id() + " ended while it started.", lastWords());
      }
      if (Instant.now().isAfter(deadline)) {
        throw CommandException.unreachable(
            "%s did not become ready in %d s: %s"
                .formatted(server().id(), START_PATIENCE.toSeconds(), healthProblem.get()),
            lastWords());
      }
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw CommandException.unreachable(
            "Interrupted while " + server().id() + " started.", "Run ./streams status.", e);
      }
    }
  }

  private Path printed() {
    return driver.writesOwnLog() ? home.printed(server()) : home.log(server());
  }

  private String lastWords() {
    String log = LogTail.describe(home.log(server()), LOG_LINES_SHOWN);
    return driver.writesOwnLog()
        ? LogTail.describe(printed(), LOG_LINES_SHOWN) + System.lineSeparator() + log
        : log;
  }

  Optional<String> healthProblem() {
    try {
      driver.check();
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    } catch (Exception e) {
      return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  void stop() {
    process().ifPresent(process -> process.stop(driver.stopSignal(), driver.stopPatience()));
  }

  void kill() {
    process().ifPresent(ServerProcess::kill);
  }
}
