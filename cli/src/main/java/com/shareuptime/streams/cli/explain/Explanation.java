package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.cli.explain.ExplanationView.Surface;
import com.shareuptime.streams.cli.hole.Hole;
import com.shareuptime.streams.cli.hole.HoleTable;
import com.shareuptime.streams.cli.server.Commits;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.cli.server.SurfaceLag;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
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

  private final IdKinds kinds;
  private final TargetTables tables;
  private final Commits commits;
  private final ServedRows counters;
  private final ServedHashes hashes;
  private final Optional<ServedDocuments> documents;
  private final RecentRecords recent;
  private final HoleTable holes;
  private final Duration patience;

  /**
   * @param kinds what ids are
   * @param patience for each surface to pass what the tables showed
   * @param last how far back Kafka is asked
   */
  Explanation(Settings settings, IdKinds kinds, Duration patience, Duration last) {
    Database source = Database.source(settings);
    Database sink = Database.sink(settings);
    this.kinds = kinds;
    this.tables = new TargetTables(source, kinds);
    this.commits = new Commits(source, sink);
    this.counters = new ServedRows(sink, kinds);
    this.hashes = new ServedHashes(settings, kinds);
    this.documents = OpenSearch.of(settings).map(index -> new ServedDocuments(index, kinds));
    this.recent = new RecentRecords(settings, kinds, last);
    this.holes = new HoleTable(source);
    this.patience = patience;
  }

  ExplanationView of(Target target) {
    for (int attempt = 1; ; attempt++) {
      TargetTruth before = tables.read(target);
      String position = commits.position();
      Map<String, Boolean> passed = new LinkedHashMap<>();
      for (String surface : surfaces(target)) {
        passed.put(surface, commits.awaitSurface(surface, position, patience));
      }
      List<ServedCopy> copies = copies(target);
      boolean isStill = before.equals(tables.read(target));
      if (isStill || attempt == ATTEMPTS) {
        List<CopyFinding> findings =
            copies.stream()
                .map(copy -> CopyFinding.of(copy, before, isStill, passed.get(copy.surface())))
                .toList();
        return view(target, before, position, findings);
      }
    }
  }

  private ExplanationView view(
      Target target, TargetTruth truth, String position, List<CopyFinding> findings) {
    Optional<SurfaceLag> rows = commits.progress(ServedHashes.SURFACE, position);
    Recent records = recent.read(target, rows);
    List<Surface> surfaces = new ArrayList<>();
    for (CopyFinding finding : findings) {
      Optional<SurfaceLag> progress = commits.progress(finding.copy().surface(), position);
      surfaces.add(Surface.of(finding.besides(records.announced(), truth), progress));
    }
    return ExplanationView.of(
        target, truth, position, surfaces, holes(target, truth), records, counters.drift(target));
  }

  /** Its own, and that of its author, which its document may show. */
  private List<Hole> holes(Target target, TargetTruth truth) {
    List<Hole> all =
        new ArrayList<>(holes.of(kinds.target(target.type()).orElseThrow().view(), target.id()));
    String author = truth.document().get("author.id");
    if (author != null) {
      all.addAll(holes.of("users", kinds.users().parse(author)));
    }
    return all;
  }

  private List<String> surfaces(Target target) {
    List<String> surfaces = new ArrayList<>(List.of(ServedRows.SURFACE, ServedHashes.SURFACE));
    documents(target).ifPresent(any -> surfaces.add("search." + target.type().table()));
    return surfaces;
  }

  private Optional<ServedDocuments> documents(Target target) {
    return documents.filter(any -> Target.Type.DOCUMENTS.contains(target.type()));
  }

  private List<ServedCopy> copies(Target target) {
    List<ServedCopy> copies = new ArrayList<>(List.of(counters.read(target), hashes.read(target)));
    documents(target).ifPresent(index -> copies.add(index.read(target)));
    return copies;
  }
}
