package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.cli.check.Commits;
import com.shareuptime.streams.cli.job.Database;
import com.shareuptime.streams.cli.job.Settings;
import com.shareuptime.streams.cli.search.OpenSearch;
import com.shareuptime.streams.local.traffic.Target;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the tables, waits until the surfaces have passed what they showed, reads those, and the
 * tables again: a difference is proven only if these have not changed meanwhile.
 */
final class Explanation {
  /** While the tables themselves change between two looks, nothing can be said. */
  private static final int ATTEMPTS = 10;

  private final Tables tables;
  private final Commits commits;
  private final CounterRows rows;
  private final CounterHashes hashes;
  private final Optional<Documents> documents;
  private final Duration patience;

  /**
   * @param patience for each surface to pass what the tables showed
   */
  Explanation(Settings settings, Duration patience) {
    Database source = Database.source(settings);
    Database sink = Database.sink(settings);
    this.tables = new Tables(source);
    this.commits = new Commits(source, sink);
    this.rows = new CounterRows(sink);
    this.hashes = new CounterHashes(settings);
    this.documents = OpenSearch.of(settings).map(Documents::new);
    this.patience = patience;
  }

  ExplanationView of(Target target) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      Truth before = tables.read(target);
      String position = commits.position();
      Map<String, Boolean> passed = new LinkedHashMap<>();
      for (String surface : surfaces(target)) {
        passed.put(surface, commits.awaitSurface(surface, position, patience));
      }
      List<Copy> copies = copies(target);
      boolean isStill = before.equals(tables.read(target));
      if (isStill || attempt == ATTEMPTS) {
        List<Finding> findings =
            copies.stream()
                .map(copy -> Finding.of(copy, before, isStill, passed.get(copy.surface())))
                .toList();
        return ExplanationView.of(target, before, position, findings, rows.drift(target));
      }
    }
  }

  private List<String> surfaces(Target target) {
    List<String> surfaces = new ArrayList<>(List.of(CounterRows.SURFACE, CounterHashes.SURFACE));
    documents.ifPresent(any -> surfaces.add("search." + target.type().table()));
    return surfaces;
  }

  private List<Copy> copies(Target target) throws SQLException {
    List<Copy> copies = new ArrayList<>(List.of(rows.read(target), hashes.read(target)));
    documents.ifPresent(index -> copies.add(index.read(target)));
    return copies;
  }
}
