package com.shareuptime.streams.proof.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of a check that judges search: every document equals what SQL says, field by field, and
 * no other is found.
 */
final class SearchCheck {
  static final List<String> SURFACES = List.of("search.posts", "search.reels");

  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final int MOST_EXAMPLES = 10;

  private final Addresses addresses;
  private final SearchDocuments documents;

  SearchCheck(Addresses addresses) {
    this.addresses = addresses;
    this.documents = new SearchDocuments(addresses.openSearchUrl());
  }

  /**
   * Call it when nothing is written any more and the surfaces have passed all that was.
   *
   * @param patience counts and renames follow so much later at most
   */
  List<SurfaceResult> finish(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    List<SurfaceResult> results = new ArrayList<>();
    for (Target.Type type : Target.Type.values()) {
      SurfaceResult result = compare(type);
      while (!result.isRight() && System.nanoTime() < deadline) {
        Thread.sleep(LOOK_EVERY.toMillis());
        result = compare(type);
      }
      results.add(result);
    }
    return results;
  }

  private SurfaceResult compare(Target.Type type) throws InterruptedException {
    String alias = type.table();
    Map<Long, JsonNode> truth;
    try (PostgresSurface postgres = new PostgresSurface(addresses)) {
      truth = Retry.whileAway(() -> postgres.ask(connection -> SearchTruth.read(connection, type)));
    }
    Map<Long, JsonNode> found = Retry.whileAway(() -> documents.readAll(alias));
    Set<Long> all = new TreeSet<>(truth.keySet());
    all.addAll(found.keySet());
    long wrong = 0;
    long missing = 0;
    long extra = 0;
    List<String> examples = new ArrayList<>();
    for (long id : all) {
      JsonNode expected = truth.get(id);
      JsonNode actual = found.get(id);
      if (expected != null && expected.equals(actual)) {
        continue;
      }
      wrong += expected != null && actual != null ? 1 : 0;
      missing += actual == null ? 1 : 0;
      extra += expected == null ? 1 : 0;
      if (examples.size() < MOST_EXAMPLES) {
        examples.add("search.%s %d: truth %s; found %s".formatted(alias, id, expected, actual));
      }
    }
    return new SurfaceResult(
        "search." + alias,
        all.size(),
        wrong,
        missing,
        extra,
        0,
        -1,
        -1,
        0,
        found.size(),
        0,
        Map.of(),
        examples);
  }
}
