package com.shareuptime.streams.proof.bench.cdc;

import com.shareuptime.streams.proof.server.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Reads the topic {@code cdc.likes} from its end of now on, and tells rows apart by their keys. */
final class RowCounter implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(20);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final BitSet seen = new BitSet();
  private long repeats;

  RowCounter(String bootstrap) {
    consumer = KafkaClients.consumer(bootstrap, "cdc.likes");
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
  }

  /** Returns at the first heartbeat, which only a job in its stream phase sends. */
  void awaitHeartbeat() {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.headers().lastHeader("heartbeat") != null) {
          return;
        }
      }
      require(deadline, "no heartbeat came");
    }
  }

  /** Seconds between the first row and the last of {@code rows} different ones. */
  double secondsOf(int rows) {
    Instant deadline = Instant.now().plus(PATIENCE);
    long first = 0;
    while (seen.cardinality() < rows) {
      int before = seen.length();
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.headers().lastHeader("version") != null) {
          count(numberOf(record.key()));
        }
      }
      if (before == 0 && seen.length() > 0) {
        first = System.nanoTime();
      }
      require(deadline, "only " + seen.cardinality() + " rows of " + rows + " came");
    }
    return (System.nanoTime() - first) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  /** Rows that came more than once. */
  long repeats() {
    return repeats;
  }

  private void count(int row) {
    if (seen.get(row)) {
      repeats++;
    }
    seen.set(row);
  }

  /** Of {@code {"target_type":"post","target_id":P,"user_id":U}}, without a parser's cost. */
  private static int numberOf(byte[] key) {
    int[] numbers = new int[2];
    int at = -1;
    boolean inNumber = false;
    for (byte b : key) {
      boolean digit = b >= '0' && b <= '9';
      if (digit) {
        at += inNumber ? 0 : 1;
        numbers[at] = numbers[at] * 10 + (b - '0');
      }
      inNumber = digit;
    }
    return (numbers[0] - 1) * LikesTable.USERS + numbers[1] - 1;
  }

  private static void require(Instant deadline, String otherwise) {
    if (Instant.now().isAfter(deadline)) {
      throw new IllegalStateException("After " + PATIENCE.toMinutes() + " minutes " + otherwise);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
