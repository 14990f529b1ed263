package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.bench.generator.Heartbeats;
import com.shareuptime.streams.proof.bench.generator.RowTopics;
import com.shareuptime.streams.proof.bench.report.BenchOutcome;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.bench.stack.BenchStack;
import com.shareuptime.streams.proof.server.KafkaClients;
import com.shareuptime.streams.proof.traffic.text.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Posts into feeds, and pages out of them. The feeds job starts on readers and follows, with no
 * post yet; once every feed is complete, it is measured with many posts at once and then at a
 * steady pace. Pages are read when it has ended.
 *
 * @param posts at once, each to 300 followers
 * @param seconds of steady pace, once without and once with the celebrity
 * @param flinkSettings of the cluster, where they are to be other than checked in
 */
public record FeedsBench(int posts, int seconds, int pages, Map<String, String> flinkSettings) {
  private static final String JOB = "feeds";
  private static final List<String> TABLES = List.of("users", "posts", "follows");

  /** As many as the job pushes to, unless it is told otherwise; all of them active. */
  private static final int READERS = 10_000;

  /** Readers who follow more than the celebrity. */
  private static final int KEEN_READERS = 2_000;

  private static final Circle POPULAR = new Circle(1_000_001, 200, 300, KEEN_READERS);
  private static final Circle ORDINARY = new Circle(2_000_001, 500, 20, KEEN_READERS);
  private static final Circle CELEBRITY = new Circle(3_000_001, 1, READERS, READERS);

  public List<BenchOutcome> measure() throws Exception {
    try (BenchStack bench = BenchStack.start(flinkSettings)) {
      Addresses addresses = bench.addresses();
      List<BenchOutcome> outcomes = new ArrayList<>();
      Measurement deliveries;
      try (RowTopics traffic = new RowTopics(KafkaClients.rowProducer(addresses.kafkaBootstrap()));
          AutoCloseable beats = Heartbeats.start(addresses.kafkaBootstrap(), TABLES);
          ServedFeeds feeds = new ServedFeeds(addresses)) {
        populate(traffic);
        String job = bench.submit(JOB, Map.of(), Optional.empty());
        feeds.awaitComplete(READERS);
        deliveries = new Deliveries(bench, job, traffic, feeds).measure(POPULAR, posts);
        outcomes.addAll(
            new Bystanders(addresses, traffic, ORDINARY, CELEBRITY.firstAuthor()).measure(seconds));
        bench.jobs().cancel(JOB);
      }
      double limit = BareDeliveries.perSecond(addresses, POPULAR);
      outcomes.add(
          0,
          BenchOutcome.of(deliveries)
              .with("limit: Redis pipelined ZADD/s", Math.round(limit))
              .with("ratio to it", deliveries.rate() / limit));
      outcomes.add(new PageLoad(addresses).measure(pages));
      return outcomes;
    }
  }

  private static void populate(RowTopics traffic) {
    for (long reader = 1; reader <= READERS; reader++) {
      traffic.user(reader, profile(reader));
      traffic.activity(reader);
    }
    for (Circle circle : List.of(POPULAR, ORDINARY, CELEBRITY)) {
      for (int turn = 0; turn < circle.authors(); turn++) {
        long author = circle.author(turn);
        traffic.user(author, profile(author));
        for (long follower : circle.followers(author)) {
          traffic.follow(follower, author);
        }
      }
    }
    traffic.flush();
  }

  private static Profile profile(long user) {
    return new Profile("user" + user, "User " + user, null, false);
  }
}
