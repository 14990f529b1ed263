package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.bench.generator.EventEncoder;
import com.shareuptime.streams.proof.bench.report.Latencies;
import com.shareuptime.streams.proof.server.KafkaClients;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import redis.clients.jedis.Jedis;

/**
 * Likes at a steady pace, some of them timed from their sending until Redis shows them, some
 * milliseconds too long. For use by one thread.
 */
final class PacedLikes implements AutoCloseable {
  private static final String EVENTS = "likes-events";
  private static final long TICK_MILLIS = 5;
  private static final int POSTS = 100_000;

  /** Each is liked once, so that one look tells. */
  private static final long TIMED_POSTS = 1_000_000_000L;

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final KafkaProducer<byte[], byte[]> out;
  private final Jedis redis;
  private final EventEncoder speller = new EventEncoder(1);
  private final Deque<Timed> awaited = new ArrayDeque<>();
  private long sent;

  private record Timed(long post, long sentNanos) {}

  /**
   * What became of the likes.
   *
   * @param seconds until the last timed one was seen
   */
  record Counted(long likes, double seconds) {
    double rate() {
      return likes / seconds;
    }
  }

  PacedLikes(Addresses counters) {
    this.out = KafkaClients.rowProducer(counters.kafkaBootstrap());
    this.redis = counters.redis();
  }

  /** Sends until it is told to end, and returns when all that is timed has been seen. */
  Counted run(double perSecond, BooleanSupplier goesOn, Latencies latencies)
      throws InterruptedException {
    long begin = System.nanoTime();
    long before = sent;
    while (goesOn.getAsBoolean()) {
      long due = before + (long) ((System.nanoTime() - begin) / 1e9 * perSecond);
      time();
      while (sent < due) {
        like(1 + sent % POSTS);
      }
      look(latencies);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
    }
    out.flush();
    while (!awaited.isEmpty()) {
      look(latencies);
      Thread.sleep(TICK_MILLIS);
    }
    return new Counted(sent - before, (System.nanoTime() - begin) / 1e9);
  }

  private void time() {
    long post = TIMED_POSTS + sent;
    awaited.add(new Timed(post, System.nanoTime()));
    like(post);
  }

  private void like(long post) {
    byte[] event = speller.like(post, ++sent, System.currentTimeMillis());
    out.send(new ProducerRecord<>(EVENTS, EventEncoder.key(post), event));
  }

  /** At the oldest, and at the next as long as they are there. */
  private void look(Latencies latencies) {
    while (!awaited.isEmpty()) {
      Timed oldest = awaited.peek();
      long waited = System.nanoTime() - oldest.sentNanos;
      if (redis.hget(CounterSurfaces.key(oldest.post), "likes") == null) {
        if (waited > PATIENCE_NANOS) {
          throw new IllegalStateException("A like is not in Redis after two minutes");
        }
        return;
      }
      latencies.add(waited);
      awaited.poll();
    }
  }

  @Override
  public void close() {
    out.close();
    redis.close();
  }
}
