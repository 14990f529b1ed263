package com.shareuptime.streams.proof.bench.search;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.bench.generator.Heartbeats;
import com.shareuptime.streams.proof.bench.report.BenchOutcome;
import com.shareuptime.streams.proof.bench.report.CpuTime;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.bench.stack.BenchStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Posts into the index. All rows lie in Kafka when the search job starts, without state, on an
 * empty index; once all are found, more come at a steady pace. At the end, without the job, a bare
 * client sends the same documents.
 *
 * @param documents that are indexed anew
 * @param seconds of steady pace
 * @param flinkSettings of the cluster, where they are to be other than checked in
 */
public record SearchBench(
    int documents, int seconds, long seed, Map<String, String> flinkSettings) {
  static final String JOB = "search";

  private static final String ALIAS = "posts";
  private static final int AUTHORS = 20_000;
  private static final double LEAST_OF_LIMIT = 0.7;

  /** Enough for OpenSearch to have compiled what indexes. */
  private static final int WARM_UP = 50_000;

  public List<BenchOutcome> measure() throws Exception {
    PostCorpus posts = new PostCorpus(AUTHORS, seed);
    try (BenchStack bench = BenchStack.startWithSearch(flinkSettings)) {
      Addresses addresses = bench.addresses();
      String kafka = addresses.kafkaBootstrap();
      Index alias = new Index(addresses.openSearchUrl(), ALIAS);
      BareBulk bare = new BareBulk(addresses.openSearchUrl(), posts);
      bare.perSecond(Math.min(WARM_UP, documents)); // else one of the two had a cold server
      List<BenchOutcome> outcomes = new ArrayList<>();
      Measurement reindex;
      try (PostTraffic traffic = new PostTraffic(kafka, posts)) {
        traffic.fill(documents);
        long filled = System.currentTimeMillis();
        try (AutoCloseable beats = Heartbeats.start(kafka, PostTraffic.TABLES)) {
          reindex = new ReindexBench(bench, posts, alias).measure(documents, filled);
          outcomes.add(
              new Freshness(traffic, alias, documents)
                  .measure(seconds, new CpuTime(bench.stack())));
        }
        bench.jobs().cancel(JOB);
      }
      outcomes.add(0, besideLimit(reindex, bare.perSecond(documents)));
      return outcomes;
    }
  }

  private static BenchOutcome besideLimit(Measurement reindex, double limit) {
    return BenchOutcome.of(reindex.with("limit: bare bulk client documents/s", Math.round(limit)))
        .withLeast("ratio to it", reindex.rate() / limit, LEAST_OF_LIMIT);
  }
}
