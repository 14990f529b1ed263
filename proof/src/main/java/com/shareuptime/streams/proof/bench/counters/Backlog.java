package com.shareuptime.streams.proof.bench.counters;

import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.proof.bench.generator.EventEncoder;
import com.shareuptime.streams.proof.bench.generator.Heartbeats;
import com.shareuptime.streams.proof.bench.generator.RowEncoder;
import com.shareuptime.streams.proof.bench.stack.KafkaClients;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Fills the topics with all that a measurement is to count, before its job starts. */
final class Backlog {
  static final String EVENTS = "likes-events";
  static final String ROWS = "cdc.likes";
  static final String POSTS = "cdc.posts";

  private static final long BEAT_MILLIS = 250;

  private final String bootstrap;
  private final Likes likes;
  private final long seed;

  Backlog(String bootstrap, Likes likes, long seed) {
    this.bootstrap = bootstrap;
    this.likes = likes;
    this.seed = seed;
  }

  /**
   * Rows and events go out side by side, as they do where a commit is announced.
   *
   * @param rows whether each event has its row, and each post its own
   */
  void fill(boolean rows) {
    CompletableFuture<Void> others =
        rows ? CompletableFuture.runAsync(this::rows) : CompletableFuture.completedFuture(null);
    events();
    others.join();
  }

  private void events() {
    EventEncoder speller = new EventEncoder(seed);
    Failure failure = new Failure();
    try (KafkaProducer<byte[], byte[]> out = KafkaClients.producer(bootstrap)) {
      for (int i = 0; i < likes.count(); i++) {
        int post = likes.posts()[i];
        byte[] value = speller.like(post, i + 1L, System.currentTimeMillis());
        out.send(new ProducerRecord<>(EVENTS, EventEncoder.key(post), value), failure);
      }
    }
    failure.rethrow();
  }

  private void rows() {
    RowEncoder speller = new RowEncoder();
    Failure failure = new Failure();
    try (KafkaProducer<byte[], byte[]> out = KafkaClients.producer(bootstrap)) {
      Heartbeats beats = new Heartbeats(out, Topics.TABLES);
      long now = System.currentTimeMillis();
      for (int post = 1; post < likes.expected().length; post++) {
        if (likes.expected()[post] > 0) {
          out.send(change(POSTS, RowEncoder.idKey(post), speller.post(post, now), 0), failure);
        }
      }
      long nextBeat = 0;
      for (int i = 0; i < likes.count(); i++) {
        now = System.currentTimeMillis();
        if (now >= nextBeat) {
          beats.send(now);
          nextBeat = now + BEAT_MILLIS;
        }
        int post = likes.posts()[i];
        long user = i + 1L;
        byte[] value = speller.like(post, user, i + 1L, now);
        out.send(change(ROWS, RowEncoder.likeKey(post, user), value, i + 1L), failure);
      }
    }
    failure.rethrow();
  }

  static ProducerRecord<byte[], byte[]> change(String topic, byte[] key, byte[] value, long lsn) {
    return new ProducerRecord<>(
        topic,
        null,
        null,
        key,
        value,
        List.of(new RecordHeader("version", RowEncoder.version(lsn))));
  }

  /** The first record that Kafka has not taken. */
  private static final class Failure implements Callback {
    private final AtomicReference<Exception> first = new AtomicReference<>();

    @Override
    public void onCompletion(RecordMetadata taken, Exception failure) {
      if (failure != null) {
        first.compareAndSet(null, failure);
      }
    }

    void rethrow() {
      if (first.get() != null) {
        throw new IllegalStateException("The backlog is not whole", first.get());
      }
    }
  }
}
