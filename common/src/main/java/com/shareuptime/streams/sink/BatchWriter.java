package com.shareuptime.streams.sink;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.metrics.MetricGroup;

/**
 * Writes versioned, absolute values to one server. A write may be repeated and may meet newer
 * values: the server keeps what is newest, so trying again is always right.
 *
 * <p>{@link #open} and {@link #write} never run at once, and writes come one at a time. {@link
 * #close} may come from another thread while a write runs, and makes it fail within moments.
 */
public interface BatchWriter<T> extends Serializable, AutoCloseable {

  /** Says which task this is the writer of, before {@link #open}. */
  default void assign(SinkTask task) {}

  /**
   * Takes what all subtasks of the run that this one goes on from had been confirmed by the server;
   * before {@link #open}.
   */
  default void restore(List<StoreMark> marks) {}

  /**
   * What the server has confirmed, for a checkpoint that holds no value which is written; from any
   * thread.
   */
  default List<StoreMark> marks() {
    return List.of();
  }

  /**
   * Whether the server lacks, or may lack, what it had confirmed: then no watermark may pass,
   * whatever is written; from any thread.
   */
  default boolean lacksWrites() {
    return false;
  }

  /**
   * Registers metrics and prepares; does not connect, so that a job starts while the server is
   * away.
   */
  void open(MetricGroup metrics);

  /**
   * Writes all of {@code batch}, each key once in it, connecting first where needed. An empty batch
   * only checks that the server is there.
   *
   * @return the values that the server will never take, each with its reason; all others are
   *     written
   * @throws SupersededException if a later run has taken over
   * @throws LostWrites.AllMustBeWritten to end the task, so that the job starts again
   * @throws Exception if the server is away or busy: the same batch is then tried again, whatever
   *     part of it was written
   */
  List<Rejection<T>> write(List<T> batch) throws Exception;

  /**
   * The thread that this writer is called on, and nobody else's: the task never waits for the
   * server.
   *
   * @param name for logs and thread dumps
   */
  default ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread created = new Thread(task, name);
          created.setDaemon(true);
          return created;
        });
  }

  /**
   * Whether readers see what has been written only after {@link #publish}, which then costs the
   * server much: it is called once an interval at most, and seldom while nobody waits to be told.
   */
  default boolean hidesUntilPublished() {
    return false;
  }

  /**
   * Makes visible what has been written, by this run or one before: called after a batch, before
   * anybody is told that it is written.
   *
   * @throws Exception if the server is away or busy: it is called again
   */
  default void publish() throws Exception {}

  /**
   * How often to check the server with an empty batch while there is nothing to write; 0 for never.
   * A writer asks for it that must find out soon that its server was restarted.
   */
  default long idleCheckMillis() {
    return 0;
  }

  @Override
  void close();

  /**
   * A value that a server refuses for what it is.
   *
   * @param detail the server's words
   */
  record Rejection<T>(T value, String detail) {}
}
