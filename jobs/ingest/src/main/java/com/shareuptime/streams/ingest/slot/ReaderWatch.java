package com.shareuptime.streams.ingest.slot;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server, over connections of its own, whether it still serves the reader of a slot. A
 * reader whose connection was cut off without a word cannot tell: it sees a stream in which nothing
 * happens, and its writes seem to arrive. The server gives it up after its {@code
 * wal_sender_timeout}, a minute by default.
 */
final class ReaderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReaderWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  /** A reader that is ended in the usual way knows of it by then. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReplicationSlot slot;
  private final Runnable whenGivenUp;
  private final Thread thread;

  private ReaderWatch(ReplicationSlot slot, Runnable whenGivenUp) {
    this.slot = slot;
    this.whenGivenUp = whenGivenUp;
    this.thread = new Thread(this::run, "ingest-reader-watch");
    thread.setDaemon(true);
  }

  /** Calls {@code whenGivenUp} once, from another thread, if the server gives the reader up. */
  static ReaderWatch start(ReplicationSlot slot, Runnable whenGivenUp) {
    ReaderWatch watch = new ReaderWatch(slot, whenGivenUp);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      awaitGivenUp();
      whenGivenUp.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void awaitGivenUp() throws InterruptedException {
    boolean served = false;
    long lastServed = 0;
    while (true) {
      Thread.sleep(EVERY.toMillis());
      try {
        if (slot.state().filter(state -> state.reader() != 0).isPresent()) {
          served = true;
          lastServed = System.nanoTime();
        } else if (served && System.nanoTime() - lastServed > PATIENCE.toNanos()) {
          return;
        }
      } catch (RuntimeException e) {
        LOG.debug("the server cannot be asked now who reads the slot", e);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
