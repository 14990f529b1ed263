package com.shareuptime.streams.proof.bench.search;

import com.shareuptime.streams.proof.bench.generator.Heartbeats;
import com.shareuptime.streams.proof.bench.generator.RowEncoder;
import com.shareuptime.streams.proof.bench.stack.KafkaClients;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Users and posts in the topics that tell of them. For use by one thread. */
final class PostTraffic implements AutoCloseable {
  static final List<String> TABLES = List.of("users", "posts", "reels");

  private static final long BEAT_MILLIS = 250;

  private final KafkaProducer<byte[], byte[]> out;
  private final PostEncoder speller;
  private final PostCorpus posts;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long lsn;
  private long latestMicros;

  PostTraffic(String bootstrap, PostCorpus posts) {
    this.out = KafkaClients.rowProducer(bootstrap);
    this.posts = posts;
    this.speller = new PostEncoder(posts);
  }

  /** All authors and so many posts, with a beat now and then; returns when Kafka has them. */
  void fill(int documents) {
    for (long author = 1; author <= posts.authors(); author++) {
      byte[] row = speller.user(author, ++lsn, System.currentTimeMillis());
      row("cdc.users", author, row);
    }
    Heartbeats beats = new Heartbeats(out, TABLES);
    long nextBeat = 0;
    for (long post = 1; post <= documents; post++) {
      long now = System.currentTimeMillis();
      if (now >= nextBeat) {
        beats.send(now);
        nextBeat = now + BEAT_MILLIS;
      }
      long created = PostEncoder.createdMicros(post);
      row("cdc.posts", post, speller.post(post, 0, "c", created, ++lsn));
    }
    flush();
  }

  /** Publishes a post, or writes it anew; returns when it was updated, which no other post was. */
  long post(long id, int revision) {
    latestMicros = Math.max(latestMicros + 1, System.currentTimeMillis() * 1_000);
    byte[] row = speller.post(id, revision, revision == 0 ? "c" : "u", latestMicros, ++lsn);
    row("cdc.posts", id, row);
    return latestMicros;
  }

  /** Returns when Kafka has all of it. */
  void flush() {
    out.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka has not taken a record", failure.get());
    }
  }

  private void row(String topic, long id, byte[] value) {
    out.send(
        new ProducerRecord<>(
            topic,
            null,
            null,
            RowEncoder.idKey(id),
            value,
            List.of(new RecordHeader("version", RowEncoder.version(lsn)))),
        (taken, failed) -> {
          if (failed != null) {
            failure.compareAndSet(null, failed);
          }
        });
  }

  @Override
  public void close() {
    out.close();
  }
}
