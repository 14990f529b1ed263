package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.proof.bench.generator.RowEncoder;
import com.shareuptime.streams.proof.bench.stack.KafkaClients;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What the product does, in the topics that tell of it. No two posts are of the same microsecond.
 * For use by one thread.
 */
final class Traffic implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> out;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final FeedRowEncoder rows = new FeedRowEncoder();
  private long lsn;
  private long latestMicros;

  Traffic(String bootstrap) {
    this.out = KafkaClients.rowProducer(bootstrap);
  }

  void user(long id) {
    row("cdc.users", RowEncoder.idKey(id), rows.user(id, ++lsn, nowMicros()));
  }

  void activity(long user) {
    send(new ProducerRecord<>("user-activity", FeedRowEncoder.activity(user)));
  }

  void follow(long follower, long followee) {
    byte[] key = FeedRowEncoder.followKey(follower, followee);
    row("cdc.follows", key, rows.follow(follower, followee, ++lsn, nowMicros()));
  }

  /** Posts now; returns the post's id, which is higher than that of any earlier post. */
  long post(long author) {
    long id = ++lsn;
    latestMicros = Math.max(latestMicros + 1, nowMicros());
    row("cdc.posts", RowEncoder.idKey(id), rows.post(id, author, id, latestMicros));
    return id;
  }

  /** Returns when Kafka has all of it. */
  void flush() {
    out.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka has not taken a record", failure.get());
    }
  }

  private void row(String topic, byte[] key, byte[] value) {
    Header version = new RecordHeader("version", RowEncoder.version(lsn));
    send(new ProducerRecord<>(topic, null, null, key, value, List.of(version)));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    out.send(
        record,
        (taken, failed) -> {
          if (failed != null) {
            failure.compareAndSet(null, failed);
          }
        });
  }

  private static long nowMicros() {
    return System.currentTimeMillis() * 1000;
  }

  @Override
  public void close() {
    out.close();
  }
}
