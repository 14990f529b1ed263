package com.shareuptime.streams.ingest;

import com.shareuptime.streams.ingest.topic.TopicRecord;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;

/** A sink that fails where a test wants it to, in every job of this JVM. */
record Failures(Sink<TopicRecord> sink) implements Sink<TopicRecord> {
  private static final AtomicLong WRITES_LEFT = new AtomicLong(Long.MAX_VALUE);
  private static final AtomicLong FLUSHES_LEFT = new AtomicLong(Long.MAX_VALUE);

  static Sink<TopicRecord> on(Sink<TopicRecord> sink) {
    return new Failures(sink);
  }

  /** Fails once, after this many more records. */
  static void afterWrites(long records) {
    WRITES_LEFT.set(records);
  }

  /** Fails once, at this checkpoint from now. */
  static void atFlush(long checkpoints) {
    FLUSHES_LEFT.set(checkpoints);
  }

  static boolean pending() {
    return WRITES_LEFT.get() < Long.MAX_VALUE / 2 || FLUSHES_LEFT.get() < Long.MAX_VALUE / 2;
  }

  static void none() {
    WRITES_LEFT.set(Long.MAX_VALUE);
    FLUSHES_LEFT.set(Long.MAX_VALUE);
  }

  private static void count(AtomicLong left, String where) throws IOException {
    if (left.decrementAndGet() == 0) {
      left.set(Long.MAX_VALUE);
      throw new IOException("injected failure at " + where);
    }
  }

  @Override
  @SuppressWarnings("deprecation") // as the sink of the job
  public SinkWriter<TopicRecord> createWriter(InitContext context) throws IOException {
    SinkWriter<TopicRecord> writer = sink.createWriter(context);
    return new SinkWriter<>() {
      @Override
      public void write(TopicRecord record, Context context)
          throws IOException, InterruptedException {
        count(WRITES_LEFT, "a record");
        writer.write(record, context);
      }

      @Override
      public void flush(boolean endOfInput) throws IOException, InterruptedException {
        count(FLUSHES_LEFT, "a checkpoint");
        writer.flush(endOfInput);
      }

      @Override
      public void close() throws Exception {
        writer.close();
      }
    };
  }
}
