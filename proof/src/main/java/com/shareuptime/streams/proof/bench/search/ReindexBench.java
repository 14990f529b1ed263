package com.shareuptime.streams.proof.bench.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.bench.report.ClusterRest;
import com.shareuptime.streams.proof.bench.report.CpuTime;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.bench.stack.BenchStack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Documents a second when all are made from the topics: by the job without state, from where its
 * source begins to read to the moment at which progress has passed the last row and the alias shows
 * every document. Then some are compared with what they must be.
 */
final class ReindexBench {
  private static final double FLOOR = 10_000;

  /** DESIGN's pace of a bootstrap, which is above what the index takes: it is not the limit. */
  private static final int DUE_PER_SECOND = 50_000;

  private static final int COMPARED = 500;
  private static final long POLL_MILLIS = 100;
  private static final long FETCH_MILLIS = 1_500;
  private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(10);
  private static final String PROGRESS =
      "select (visible_lsn - '0/0')::bigint from streams.pipeline_progress"
          + " where surface = 'search.posts' and visible_lsn is not null";

  private final BenchStack bench;
  private final PostCorpus posts;
  private final Index alias;

  ReindexBench(BenchStack bench, PostCorpus posts, Index alias) {
    this.bench = bench;
    this.posts = posts;
    this.alias = alias;
  }

  /**
   * @param filledMillis the position of beats behind the last row is above this
   */
  Measurement measure(int documents, long filledMillis) throws Exception {
    CpuTime cpu = new CpuTime(bench.stack());
    int spread = Math.max(1, documents / DUE_PER_SECOND);
    Map<String, String> options = Map.of("search.gate.bootstrap-spread", spread + " s");
    String job = bench.submit(SearchBench.JOB, options, Optional.empty());
    ClusterRest cluster = new ClusterRest(bench.stack().flinkUrl());
    long begin = cluster.sourceRunsSince(job, "cdc rows");
    long end = awaitAll(documents, filledMillis, begin);
    Measurement measured =
        new Measurement("reindex", documents, "documents", (end - begin) / 1e3, FLOOR, Map.of())
            .with("spread of the bootstrap in s", spread)
            .with("cpu seconds", cpu.seconds());
    cluster.vertexTimes(job); // the cluster fetches them when it is asked, and does not wait
    Thread.sleep(FETCH_MILLIS);
    compare(documents);
    return measured.with("vertices", cluster.vertexTimes(job));
  }

  private long awaitAll(int documents, long filledMillis, long begin) throws Exception {
    Addresses addresses = bench.addresses();
    try (Connection connection = addresses.connect();
        PreparedStatement progress = connection.prepareStatement(PROGRESS)) {
      while (true) {
        boolean isPast = progress(progress) > filledMillis;
        long now = System.currentTimeMillis();
        if (isPast) {
          requireAll(documents);
          return now;
        }
        if (now - begin > PATIENCE_MILLIS) {
          throw new IllegalStateException(
              "%d of %d documents are found, and progress is at %d, not past %d"
                  .formatted(alias.count(), documents, progress(progress), filledMillis));
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private static long progress(PreparedStatement query) throws Exception {
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private void requireAll(int documents) {
    long found = alias.count();
    if (found != documents) {
      throw new IllegalStateException(
          "%d documents are found, not %d, though progress promises them"
              .formatted(found, documents));
    }
  }

  private void compare(int documents) throws Exception {
    ObjectMapper json = new ObjectMapper();
    PostEncoder speller = new PostEncoder(posts);
    List<Long> ids =
        LongStream.range(0, COMPARED).mapToObj(i -> 1 + i * documents / COMPARED).toList();
    Map<Long, JsonNode> found = alias.found(ids);
    for (long id : ids) {
      JsonNode expected = json.readTree(speller.document(id));
      if (!expected.equals(found.get(id))) {
        throw new IllegalStateException("Found %s, not %s".formatted(found.get(id), expected));
      }
    }
  }
}
