package com.shareuptime.streams.sink;

import com.shareuptime.streams.sink.BatchWriter.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a sink that talks to the server: writes one epoch at a time in batches, and
 * tries each batch until it succeeds, so that nothing overtakes. An exception is taken for an
 * outage, whatever it is, unless it says that a later run writes, or that the job must start again:
 * the other sinks of the job must go on.
 */
final class BatchFlusher<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchFlusher.class);
  private static final long LOG_EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final BatchWriter<T> writer;
  private final SinkOptions options;
  private final SinkMetrics metrics;
  private final ExecutorService thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<Rejection<T>> rejections = new ConcurrentLinkedQueue<>();
  private volatile int written;
  private volatile boolean failing;
  private Runnable outage = () -> {};
  private boolean busy;

  BatchFlusher(BatchWriter<T> writer, SinkOptions options, SinkMetrics metrics) {
    this.writer = writer;
    this.options = options;
    this.metrics = metrics;
    this.thread = writer.thread("sink-" + options.surface());
  }

  boolean busy() {
    return busy;
  }

  /** Has {@code begun} called on the writer's thread when an outage begins. */
  void onOutage(Runnable begun) {
    outage = begun;
  }

  /** Whether the last try to write has failed. */
  boolean isFailing() {
    return failing;
  }

  /**
   * How many of the current epoch are written, from its beginning. Their rejections can be taken
   * already.
   */
  int written() {
    return written;
  }

  /**
   * Begins to write an epoch, and to publish it if it is to be visible. {@code done} is called on
   * the writer's thread, with null or with what is no outage: a defect of the JVM, a later run; it
   * must make the caller's thread call {@link #finished()}.
   */
  void start(List<T> epoch, boolean publishes, Consumer<Throwable> done) {
    busy = true;
    written = 0;
    thread.execute(
        () -> {
          Throwable failure = null;
          try {
            if (!writeAll(epoch, publishes)) {
              return;
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
          } catch (Throwable e) {
            failure = e;
          }
          done.accept(failure);
        });
  }

  /** The caller has seen that the epoch is done. */
  void finished() {
    busy = false;
    written = 0;
  }

  List<Rejection<T>> takeRejections() {
    List<Rejection<T>> taken = new ArrayList<>();
    for (Rejection<T> next = rejections.poll(); next != null; next = rejections.poll()) {
      taken.add(next);
    }
    return taken;
  }

  /** False if closed before the end. */
  private boolean writeAll(List<T> epoch, boolean publishes) throws InterruptedException {
    int from = 0;
    do {
      int to = Math.min(epoch.size(), from + options.batchSize());
      List<T> batch = epoch.subList(from, to);
      boolean isVisible = publishes && to == epoch.size();
      if (!untilDone(batch.size(), () -> write(batch, isVisible))) {
        return false;
      }
      written = to;
      from = to;
    } while (from < epoch.size());
    return true;
  }

  private void write(List<T> batch, boolean isVisible) throws Exception {
    List<Rejection<T>> rejected = writer.write(batch);
    if (isVisible) {
      writer.publish();
    }
    rejections.addAll(rejected);
  }

  private interface Attempt {
    void make() throws Exception;
  }

  private boolean untilDone(int size, Attempt attempt) throws InterruptedException {
    long pause = options.minBackoff().toMillis();
    long firstFailure = 0;
    long logged = 0;
    while (closed.getCount() > 0) {
      long start = System.nanoTime();
      try {
        attempt.make();
        failing = false;
        metrics.succeeded(size, System.nanoTime() - start);
        if (firstFailure != 0) {
          LOG.info(
              "{} is written again, after {} ms",
              options.surface(),
              (start - firstFailure) / 1_000_000);
        }
        return true;
      } catch (InterruptedException | SupersededException | LostWrites.AllMustBeWritten e) {
        throw e;
      } catch (Exception e) {
        if (closed.getCount() == 0) {
          return false;
        }
        metrics.failed();
        if (!failing) {
          failing = true;
          outage.run();
        }
        if (firstFailure == 0 || System.nanoTime() - logged > LOG_EVERY_NANOS) {
          LOG.warn(
              "{}: cannot write a batch of {}, will try until it succeeds; nothing is lost meanwhile",
              options.surface(),
              size,
              e);
          logged = System.nanoTime();
        }
        firstFailure = firstFailure == 0 ? start : firstFailure;
      }
      // up to a fifth shorter, so that subtasks do not all come back in one moment
      long jitter = ThreadLocalRandom.current().nextLong(pause / 5 + 1);
      if (closed.await(pause - jitter, TimeUnit.MILLISECONDS)) {
        return false;
      }
      pause = Math.min(pause * 2, options.maxBackoff().toMillis());
    }
    return false;
  }

  /**
   * Ends at once, without waiting for the server. A write that is on its way may still arrive; it
   * is versioned, so it harms nothing.
   */
  @Override
  public void close() {
    closed.countDown();
    thread.shutdownNow();
    writer.close();
  }
}
