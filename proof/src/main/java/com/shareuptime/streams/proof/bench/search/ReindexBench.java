package com.shareuptime.streams.proof.bench.search;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.proof.bench.report.ClusterRest;
import com.shareuptime.streams.proof.bench.report.CpuTime;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.bench.stack.BenchStack;
import com.shareuptime.streams.proof.server.ProductDatabase;
import com.shareuptime.streams.proof.thread.Until;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/**
 * Documents a second when all are made from the topics: by the job without state, from where its
 * source begins to read to the moment at which progress has passed the last row and the alias shows
 * every document. Then some are compared with what they must be.
 */
record ReindexBench(BenchStack bench, PostCorpus posts, Index alias) {
  private static final double FLOOR = 10_000;

  /** A small number is the same as a large one, as it is to who has found it. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  /** DESIGN's pace of a bootstrap, which is above what the index takes: it is not the limit. */
  private static final int DUE_PER_SECOND = 50_000;

  private static final int COMPARED = 500;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String PROGRESS =
      "select (visible_lsn - '0/0')::bigint from streams.pipeline_progress"
          + " where surface = 'search.posts' and visible_lsn is not null";

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
    long end = awaitAll(documents, filledMillis);
    Measurement measured =
        Measurement.of("reindex", documents, "documents", (end - begin) / 1e3)
            .withFloor(FLOOR)
            .with("spread of the bootstrap in s", spread)
            .with("cpu seconds", cpu.seconds());
    Map<String, String> vertices = bench.settledVertexTimes(job);
    compare(documents);
    return measured.with("vertices", vertices);
  }

  /** Returns when progress had passed all, and the alias shows them. */
  private long awaitAll(int documents, long filledMillis) throws InterruptedException {
    try (Handle handle = ProductDatabase.at(bench.addresses()).open()) {
      Supplier<Long> progress =
          () -> handle.select(PROGRESS).mapTo(long.class).findOne().orElse(0L);
      Until.requireTrue(
          PATIENCE,
          POLL,
          () -> progress.get() > filledMillis,
          () ->
              "%d of %d documents are found, and progress is at %d, not past %d"
                  .formatted(alias.count(), documents, progress.get(), filledMillis));
      long end = System.currentTimeMillis();
      requireAll(documents);
      return end;
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
    PostDocument documentOf = new PostDocument(posts);
    List<Long> ids =
        LongStream.range(0, COMPARED).mapToObj(i -> 1 + i * documents / COMPARED).toList();
    Map<Long, JsonNode> found = alias.found(ids);
    for (long id : ids) {
      JsonNode expected = JSON.readTree(JSON.writeValueAsBytes(documentOf.of(id)));
      if (!expected.equals(found.get(id))) {
        throw new IllegalStateException("Found %s, not %s".formatted(found.get(id), expected));
      }
    }
  }
}
