package com.shareuptime.streams.proof.bench.search;

import com.shareuptime.streams.contract.cdc.Envelope;
import com.shareuptime.streams.proof.bench.generator.Heartbeats;
import com.shareuptime.streams.proof.bench.generator.PublishedPost;
import com.shareuptime.streams.proof.bench.generator.RowTopics;
import com.shareuptime.streams.proof.server.KafkaClients;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Users and posts of a corpus in the topics that tell of them. For use by one thread. */
final class PostTraffic implements AutoCloseable {
  static final List<String> TABLES = List.of("users", "posts", "reels");

  private final PostCorpus posts;
  private final Heartbeats beats;
  private final RowTopics topics;

  PostTraffic(String bootstrap, PostCorpus posts) {
    KafkaProducer<byte[], byte[]> out = KafkaClients.rowProducer(bootstrap);
    this.posts = posts;
    this.beats = new Heartbeats(out, TABLES);
    this.topics = new RowTopics(out);
  }

  /** All authors and so many posts, with a beat now and then; returns when Kafka has them. */
  void fill(int documents) {
    for (long author = 1; author <= posts.authors(); author++) {
      topics.user(author, PostCorpus.profile(author));
    }
    for (long post = 1; post <= documents; post++) {
      beats.sendNowAndThen();
      topics.post(row(post, 0, PostDocument.createdMicros(post)), Envelope.CREATE);
    }
    flush();
  }

  /** Publishes a post, or writes it anew; returns when it was updated, which no other post was. */
  long post(long id, int revision) {
    long updated = topics.nextMicros();
    topics.post(row(id, revision, updated), revision == 0 ? Envelope.CREATE : Envelope.UPDATE);
    return updated;
  }

  private PublishedPost row(long id, int revision, long updated) {
    return new PublishedPost(
        id, posts.author(id), posts.text(id, revision), PostDocument.createdMicros(id), updated);
  }

  /** Returns when Kafka has all of it. */
  void flush() {
    topics.flush();
  }

  @Override
  public void close() {
    topics.close();
  }
}
