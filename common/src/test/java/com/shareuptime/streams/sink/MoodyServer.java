package com.shareuptime.streams.sink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.metrics.MetricGroup;

/**
 * A server in memory that keeps what is newest, and that can be away, hang, fail in the middle of a
 * batch, or refuse a key: what a real one cannot be made to do at a chosen moment.
 */
final class MoodyServer {
  private static final Map<Integer, MoodyServer> ALL = new ConcurrentHashMap<>();
  private static final AtomicInteger IDS = new AtomicInteger();

  final Map<String, Item> held = new ConcurrentHashMap<>();

  /** What readers see of it. */
  final Map<String, Item> visible = new ConcurrentHashMap<>();

  final AtomicInteger tries = new AtomicInteger();
  final AtomicInteger writes = new AtomicInteger();
  volatile boolean away;
  volatile boolean hangs;
  volatile boolean hides;
  final AtomicInteger published = new AtomicInteger();
  volatile String refusedKey;

  /** Whether it says that it lacks what it had confirmed. */
  volatile boolean lacks;

  /** Whether it can only be made good by a new start. */
  volatile boolean lost;

  volatile List<StoreMark> marks = List.of();
  volatile List<StoreMark> restored = List.of();
  private final int id = IDS.incrementAndGet();
  private final Random failures;
  private final double failureRate;

  MoodyServer() {
    this(new Random(1), 0);
  }

  MoodyServer(Random failures, double failureRate) {
    this.failures = failures;
    this.failureRate = failureRate;
    ALL.put(id, this);
  }

  BatchWriter<Item> writer() {
    return new Writer(id, false);
  }

  /** One whose writes are hidden until they are published. */
  BatchWriter<Item> hidingWriter() {
    return new Writer(id, true);
  }

  private static final class Writer implements BatchWriter<Item> {
    private static final long serialVersionUID = 1;
    private final int serverId;
    private final boolean hides;
    private transient CountDownLatch closed;

    Writer(int serverId, boolean hides) {
      this.serverId = serverId;
      this.hides = hides;
    }

    @Override
    public void open(MetricGroup metrics) {
      closed = new CountDownLatch(1);
    }

    @Override
    public void restore(List<StoreMark> marks) {
      ALL.get(serverId).restored = marks;
    }

    @Override
    public List<StoreMark> marks() {
      return ALL.get(serverId).marks;
    }

    @Override
    public boolean lacksWrites() {
      return ALL.get(serverId).lacks;
    }

    @Override
    public void publish() throws IOException {
      MoodyServer server = ALL.get(serverId);
      if (server.hides) {
        throw new IOException("does not show what it holds");
      }
      server.visible.putAll(server.held);
      server.published.incrementAndGet();
    }

    @Override
    public boolean hidesUntilPublished() {
      return hides;
    }

    @Override
    public List<Rejection<Item>> write(List<Item> batch) throws Exception {
      MoodyServer server = ALL.get(serverId);
      server.tries.incrementAndGet();
      if (server.lost) {
        throw new LostWrites.AllMustBeWritten("all must be written");
      }
      if (server.hangs) {
        awaitClosed();
      }
      List<Rejection<Item>> rejections = new ArrayList<>();
      for (Item item : batch) {
        if (server.away || server.fails()) {
          throw new IOException("the server is away");
        }
        if (item.key().equals(server.refusedKey)) {
          rejections.add(new Rejection<>(item, "key " + item.key() + " is not wanted"));
        } else {
          server.held.merge(
              item.key(), item, (one, other) -> one.version() >= other.version() ? one : other);
          server.writes.incrementAndGet();
        }
      }
      return rejections;
    }

    /** As a socket would: deaf to interrupts until it is closed. */
    private void awaitClosed() throws IOException {
      while (true) {
        try {
          closed.await();
          throw new IOException("closed");
        } catch (InterruptedException e) {
          Thread.interrupted();
        }
      }
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private synchronized boolean fails() {
    return failureRate > 0 && failures.nextDouble() < failureRate;
  }
}
