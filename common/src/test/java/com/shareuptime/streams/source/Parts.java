package com.shareuptime.streams.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source that assigns its parts as Kafka's connector does: found after the start, each for the
 * reader of its number. A part is one record, the time of which is the last; then it is silent.
 */
record Parts(int count, long time) implements Source<Long, Parts.Part, byte[]> {

  record Part(int number) implements SourceSplit {
    @Override
    public String splitId() {
      return Integer.toString(number);
    }
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<Part, byte[]> createEnumerator(SplitEnumeratorContext<Part> context) {
    return new Enumerator(context, count);
  }

  @Override
  public SplitEnumerator<Part, byte[]> restoreEnumerator(
      SplitEnumeratorContext<Part> context, byte[] state) {
    return new Enumerator(context, 0);
  }

  @Override
  public SourceReader<Long, Part> createReader(SourceReaderContext context) {
    return new Reader(time);
  }

  private static final class Enumerator implements SplitEnumerator<Part, byte[]> {
    private final SplitEnumeratorContext<Part> context;
    private final int count;
    private final Map<Integer, List<Part>> pending = new HashMap<>();

    Enumerator(SplitEnumeratorContext<Part> context, int count) {
      this.context = context;
      this.count = count;
    }

    @Override
    public void start() {
      context.callAsync(
          () -> count,
          (found, error) -> {
            IntStream.range(0, found).forEach(number -> want(new Part(number)));
            List.copyOf(context.registeredReaders().keySet()).forEach(this::addReader);
          });
    }

    private void want(Part part) {
      int owner = (7 + part.number()) % context.currentParallelism();
      pending.computeIfAbsent(owner, r -> new ArrayList<>()).add(part);
    }

    @Override
    public void addReader(int reader) {
      if (!context.registeredReaders().containsKey(reader)) {
        throw new IllegalStateException("reader " + reader + " is not there");
      }
      List<Part> parts = pending.remove(reader);
      if (parts != null) {
        context.assignSplits(new SplitsAssignment<>(Map.of(reader, parts)));
      }
    }

    @Override
    public void addSplitsBack(List<Part> splits, int reader) {
      splits.forEach(this::want);
    }

    @Override
    public void handleSplitRequest(int reader, String host) {}

    @Override
    public byte[] snapshotState(long checkpoint) {
      return new byte[0];
    }

    @Override
    public void close() {}
  }

  private static final class Reader implements SourceReader<Long, Part> {
    private final long time;
    private final List<Part> parts = new ArrayList<>();
    private final List<Part> unread = new ArrayList<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();

    Reader(long time) {
      this.time = time;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<Long> output) {
      for (Part part : unread) {
        output.createOutputForSplit(part.splitId()).collect(time, time);
      }
      unread.clear();
      available = new CompletableFuture<>();
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<Part> snapshotState(long checkpoint) {
      return parts;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return available;
    }

    @Override
    public void addSplits(List<Part> added) {
      parts.addAll(added);
      unread.addAll(added);
      available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  @Override
  public SimpleVersionedSerializer<Part> getSplitSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(Part part) {
        return new byte[] {(byte) part.number()};
      }

      @Override
      public Part deserialize(int version, byte[] bytes) {
        return new Part(bytes[0]);
      }
    };
  }

  @Override
  public SimpleVersionedSerializer<byte[]> getEnumeratorCheckpointSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(byte[] state) {
        return state;
      }

      @Override
      public byte[] deserialize(int version, byte[] bytes) {
        return bytes;
      }
    };
  }
}
