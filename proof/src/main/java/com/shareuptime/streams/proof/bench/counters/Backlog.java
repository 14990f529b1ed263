package com.shareuptime.streams.proof.bench.counters;

import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.proof.bench.generator.EventEncoder;
import com.shareuptime.streams.proof.bench.generator.Heartbeats;
import com.shareuptime.streams.proof.bench.generator.RowTopics;
import com.shareuptime.streams.proof.server.KafkaClients;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Fills the topics with all that a measurement is to count, before its job starts. */
record Backlog(String bootstrap, Likes likes, long seed) {
  static final String EVENTS = "likes-events";

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
    EventEncoder encoder = new EventEncoder(seed);
    try (RowTopics topics = new RowTopics(KafkaClients.producer(bootstrap))) {
      for (int i = 0; i < likes.count(); i++) {
        int post = likes.posts()[i];
        byte[] value = encoder.like(post, i + 1L, System.currentTimeMillis());
        topics.send(new ProducerRecord<>(EVENTS, EventEncoder.key(post), value));
      }
      topics.flush();
    }
  }

  private void rows() {
    KafkaProducer<byte[], byte[]> out = KafkaClients.producer(bootstrap);
    Heartbeats beats = new Heartbeats(out, Topics.entities(List.of()));
    try (RowTopics topics = new RowTopics(out)) {
      for (int post = 1; post < likes.expected().length; post++) {
        if (likes.expected()[post] > 0) {
          topics.snapshotOfPost(post);
        }
      }
      for (int i = 0; i < likes.count(); i++) {
        beats.sendNowAndThen();
        topics.like(likes.posts()[i], i + 1L, i + 1L, System.currentTimeMillis());
      }
      topics.flush();
    }
  }
}
