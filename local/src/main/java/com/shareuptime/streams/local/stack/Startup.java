package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.CommandException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** Starts servers side by side; the first failure is what the caller hears, once all are done. */
final class Startup {
  private Startup() {}

  static void together(List<ServerLifecycle> servers, BiConsumer<Server, Duration> ready) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, servers.size()));
    try {
      List<Future<?>> starts = new ArrayList<>();
      servers.forEach(server -> starts.add(threads.submit(() -> timed(server, ready))));
      RuntimeException failure = null;
      for (Future<?> start : starts) {
        try {
          start.get();
        } catch (ExecutionException e) {
          RuntimeException cause =
              e.getCause() instanceof RuntimeException runtime
                  ? runtime
                  : new IllegalStateException(e.getCause());
          if (failure == null) {
            failure = cause;
          } else {
            failure.addSuppressed(cause);
          }
        }
      }
      if (failure != null) {
        throw failure;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unreachable(
          "Interrupted while servers were starting.", "Run ./streams status.", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void timed(ServerLifecycle server, BiConsumer<Server, Duration> ready) {
    long begin = System.nanoTime();
    server.start();
    ready.accept(server.server(), Duration.ofNanos(System.nanoTime() - begin));
  }
}
