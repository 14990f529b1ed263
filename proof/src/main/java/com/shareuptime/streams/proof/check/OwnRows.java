package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.proof.traffic.Product;
import com.shareuptime.streams.proof.traffic.SingleRows;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Clients that commit a row, take the token, and look whether they find the row where they must: so
 * many rows in all.
 */
abstract class OwnRows {
  /** What one client does again and again. */
  interface Client extends AutoCloseable {
    /** Commits one row and reads it back. */
    void write() throws InterruptedException;

    @Override
    void close();
  }

  final Product product;
  final SingleRows single;
  final String run = Long.toString(System.currentTimeMillis(), 36);
  final LongAdder timeouts = new LongAdder();
  final Histogram redisMicros = new ConcurrentHistogram(3);
  final Histogram postgresMicros = new ConcurrentHistogram(3);
  private final int rows;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();

  OwnRows(Product product, int rows) {
    this.product = product;
    this.single = SingleRows.of(product);
    this.rows = rows;
  }

  /** Makes a client ready. */
  abstract Client client(int number, PostgresSurface postgres) throws InterruptedException;

  /** One thread a client; they end when all rows are done. */
  final List<Thread> clients(String name, int clients) {
    return IntStream.range(0, Math.min(clients, rows))
        .mapToObj(number -> new Thread(() -> work(number), name + "-" + number))
        .toList();
  }

  private void work(int number) {
    try (PostgresSurface postgres = new PostgresSurface(product);
        Client client = client(number, postgres)) {
      // after one that was not answered there is no use in asking more
      while (timeouts.sum() == 0 && next.getAndIncrement() < rows) {
        client.write();
        done.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Each client ends when its last row has been read back. */
  final void stop() {
    next.set(rows);
  }

  final int done() {
    return done.get();
  }

  final long timeouts() {
    return timeouts.sum();
  }
}
