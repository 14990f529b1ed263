package com.shareuptime.streams.local.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts servers side by side; the first failure is what the caller hears, once all are done. */
final class Startup {
  private Startup() {}

  static void together(List<ServerLifecycle> servers) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, servers.size()));
    try {
      List<Future<?>> starts = new ArrayList<>();
      servers.forEach(server -> starts.add(threads.submit(server::start)));
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
      throw StackException.unreachable(
          "Interrupted while servers were starting.", "Run ./streams status.", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
