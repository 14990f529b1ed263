package com.shareuptime.streams.proof.bench.generator;

import com.shareuptime.streams.contract.cdc.Envelope;
import com.shareuptime.streams.proof.traffic.text.Profile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What the product does, in the topics that tell of it, without Postgres and ingest. Each row is a
 * commit of its own. For use by one thread.
 */
public final class RowTopics implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> out;
  private final RowEncoder encoder = new RowEncoder();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long lsn;
  private long latestMicros;

  /**
   * @param out is closed with this
   */
  public RowTopics(KafkaProducer<byte[], byte[]> out) {
    this.out = out;
  }

  public void user(long id, Profile profile) {
    row("users", RowEncoder.idKey(id), encoder.user(id, profile, ++lsn, now()), lsn);
  }

  public void follow(long follower, long followee) {
    byte[] key = RowEncoder.followKey(follower, followee);
    row("follows", key, encoder.follow(follower, followee, ++lsn, now()), lsn);
  }

  /** Posts now, not in the microsecond of another; returns an id higher than any before. */
  public long post(long author) {
    long micros = nextMicros();
    long id = lsn + 1;
    post(new PublishedPost(id, author, "A post", micros, micros), Envelope.CREATE);
    return id;
  }

  /**
   * @param op of {@link Envelope}
   */
  public void post(PublishedPost post, String op) {
    row("posts", RowEncoder.idKey(post.id()), encoder.post(post, op, ++lsn), lsn);
  }

  /** A post as the snapshot finds it. */
  public void snapshotOfPost(long id) {
    long micros = now() * 1_000;
    PublishedPost post = new PublishedPost(id, 1, "A post", micros, micros);
    row("posts", RowEncoder.idKey(id), encoder.post(post, Envelope.READ, 0), 0);
  }

  /**
   * @param at the commit's position
   */
  public void like(long post, long user, long at, long atMillis) {
    byte[] key = RowEncoder.likeKey(post, user);
    row("likes", key, encoder.like(post, user, at, atMillis), at);
  }

  /** A user is seen: an event without a row. */
  public void activity(long user) {
    String event = "{\"event_id\":\"activity-%1$d\",\"user_id\":%1$d}".formatted(user);
    send(new ProducerRecord<>("user-activity", event.getBytes(StandardCharsets.UTF_8)));
  }

  /** The time, in microseconds, but later than each that it has returned. */
  public long nextMicros() {
    latestMicros = Math.max(latestMicros + 1, now() * 1_000);
    return latestMicros;
  }

  /** Any other record; what becomes of it shows in {@link #flush}. */
  public void send(ProducerRecord<byte[], byte[]> record) {
    out.send(
        record,
        (taken, failed) -> {
          if (failed != null) {
            failure.compareAndSet(null, failed);
          }
        });
  }

  /** Returns when Kafka has all of it. */
  public void flush() {
    out.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka has not taken a record", failure.get());
    }
  }

  private void row(String table, byte[] key, byte[] value, long at) {
    Header version = new RecordHeader("version", RowEncoder.version(at));
    send(new ProducerRecord<>("cdc." + table, null, null, key, value, List.of(version)));
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  @Override
  public void close() {
    out.close();
  }
}
