package com.shareuptime.streams.proof.demo;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Port;
import com.shareuptime.streams.proof.console.ConsoleServer;
import com.shareuptime.streams.proof.console.LiveStatus;
import com.shareuptime.streams.proof.console.StatusCollector;
import com.shareuptime.streams.proof.thread.Daemon;
import com.shareuptime.streams.proof.traffic.Product;
import com.shareuptime.streams.proof.traffic.TrafficStats;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Looks at the stack once a second, for the console page and whoever else wants to know. */
final class Observation {
  private static final long EVERY_MILLIS = 1_000;

  private Observation() {}

  /** Goes on until the stack ends. */
  static void start(
      RunningStack running, Product product, TrafficStats stats, Consumer<LiveStatus> viewer) {
    LocalStack stack = running.stack();
    Map<String, String> urls = new LinkedHashMap<>();
    urls.put("console", stack.consoleUrl());
    urls.put("Flink", stack.flinkUrl());
    ConsoleServer console = open(stack);
    running.add(console);
    Thread thread =
        Daemon.start(
            "demo-observation",
            () -> {
              try (StatusCollector collector = new StatusCollector(product, stats, urls)) {
                while (true) {
                  LiveStatus status = collector.look();
                  console.show(status);
                  viewer.accept(status);
                  Thread.sleep(EVERY_MILLIS);
                }
              } catch (InterruptedException | IOException e) {
                Thread.currentThread().interrupt();
              }
            });
    running.add(thread::interrupt);
  }

  private static ConsoleServer open(LocalStack stack) {
    try {
      return new ConsoleServer(stack.ports().of(Port.CONSOLE));
    } catch (IOException e) {
      throw CommandException.unreachable(
          "The console cannot listen at " + stack.consoleUrl() + ": " + e.getMessage(),
          "Free the port, or set STREAMS_PORT_BASE to other ones.",
          e);
    }
  }
}
