package com.shareuptime.streams.search.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.SearchMode;
import com.shareuptime.streams.search.SimulatedSearch;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.simulation.Histories;
import com.shareuptime.streams.simulation.SimulatedCheckpoint;
import com.shareuptime.streams.simulation.SimulatedJob;
import com.shareuptime.streams.simulation.SimulatedRun;
import com.shareuptime.streams.simulation.SimulatedTopic;
import com.shareuptime.streams.simulation.Simulation;
import com.shareuptime.streams.source.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Random histories of the whole job; what they draw stands in {@code docs/simulation.md}. */
class SearchSimulationTest {
  /** What jobs differ in. */
  private record Kind(SearchMode mode, IdKinds ids) {}

  private static final Map<Kind, SimulatedJob> JOBS = new ConcurrentHashMap<>();

  private static SimulatedJob job(Kind kind) {
    return SimulatedSearch.job(kind.mode, kind.ids, 24, new Indexes.Sinks());
  }

  @Test
  void documentsAreThoseOfTheTablesAndNoPromiseIsBroken() {
    Histories.check("search", 300, History::new);
  }

  private static final class History implements Histories.History {
    private final Simulation simulation;
    private final SearchMode mode;
    private final Product product;
    private final Indexes indexes;
    private final SimulatedTopic<RawRecord> control = new SimulatedTopic<>("pipeline-control", 1);
    private final List<SimulatedCheckpoint> retained = new ArrayList<>();
    private SimulatedTopic<DocumentInput> known;
    private SimulatedRun run;
    private SimulatedRun frozen;

    History(Simulation simulation) throws Exception {
      this.simulation = simulation;
      mode = simulation.oneIn(6) ? SearchMode.EVENTS : SearchMode.CDC;
      product = new Product(simulation, mode);
      indexes = new Indexes(simulation, this::judge, this::judgeHidden);
      start(true);
    }

    private void start(boolean fresh) throws Exception {
      if (fresh || retained.isEmpty()) {
        retained.clear();
        known = new SimulatedTopic<>("known", 1);
        for (DocumentKey document : indexes.documents()) {
          known.append(0, new DocumentInput.Refresh(document), simulation.now());
        }
        product.forgetOldEvents();
      }
      int at = retained.isEmpty() ? -1 : retained.size() - 1 - simulation.draw(retained.size());
      run =
          SimulatedRun.start(
              simulation,
              JOBS.computeIfAbsent(new Kind(mode, product.kinds()), SearchSimulationTest::job),
              1 + simulation.draw(4),
              Map.of(
                  "rows",
                      SimulatedSearch.tables(mode).stream()
                          .<SimulatedTopic<?>>map(product.rows::get)
                          .toList(),
                  "events", List.of(product.events),
                  "counts", List.of(product.counts),
                  "control", List.of(control),
                  "known", List.of(known)),
              at < 0 ? null : retained.get(at),
              (source, topic, partition) ->
                  switch (source) {
                    case "control" -> topic.end(partition);
                    case "events" -> product.firstEvent(partition);
                    default -> 0;
                  });
    }

    @Override
    public int steps() {
      return 20 + simulation.draw(200);
    }

    @Override
    public void step() throws Exception {
      simulation.clock().advance(simulation.draw(120));
      switch (simulation.draw(16)) {
        case 0, 1, 2 -> product.commit();
        case 3 -> product.like();
        case 4, 5, 6 -> product.beat();
        case 7 -> run.checkpoint();
        case 8 -> rarely();
        case 9 -> {
          if (frozen != null) {
            frozen.thaw(5);
          }
        }
        default -> run.steps(12);
      }
    }

    private void rarely() throws Exception {
      switch (simulation.draw(15)) {
        case 0, 1, 2 -> restart(false);
        case 3 -> restart(true);
        case 4 -> product.repeat();
        case 5 -> product.late();
        case 6 -> refresh();
        case 7 -> product.loseSlot();
        case 8, 9 -> product.snapshot();
        case 10 -> {
          if (simulation.oneIn(3) && mode == SearchMode.CDC) {
            product.truncate();
          }
        }
        case 11 -> {
          if (simulation.oneIn(3)) {
            passRetention();
          }
        }
        case 12 -> interruptFirstRead();
        case 13 -> fillHoles();
        default -> simulation.clock().advance(simulation.draw(4_000));
      }
    }

    /** So much time that deleted documents are forgotten, and that older state is of no use. */
    private void passRetention() throws Exception {
      if (product.isSlotLost()) {
        return;
      }
      simulation.note("a long time passes");
      frozen = null;
      for (int i = 0; i < 2; i++) {
        simulation.clock().advance(SimulatedSearch.RETENTION.toMillis() + 1_000);
        product.beat();
        run.settle();
      }
      run.completeCheckpoint();
      retained.clear();
    }

    private void restart(boolean fresh) throws Exception {
      if (run.lastComplete() != null
          && (retained.isEmpty() || retained.get(retained.size() - 1) != run.lastComplete())) {
        retained.add(run.lastComplete());
      }
      while (retained.size() > 2) {
        retained.remove(0);
      }
      if (simulation.oneIn(3)) {
        simulation.note("run freezes");
        frozen = run;
      } else {
        run.die();
      }
      start(fresh);
    }

    /**
     * A start without state fails half-way, and no row comes for a while to the run that goes on.
     */
    private void interruptFirstRead() throws Exception {
      run.die();
      start(true);
      run.steps(simulation.draw(60));
      retained.add(run.completeCheckpoint());
      run.die();
      start(false);
      simulation.clock().advance(SimulatedSearch.SILENCE.toMillis());
    }

    /** Of a document that is there, or of one that nobody has. */
    private void refresh() {
      List<DocumentKey> all = product.allDocuments();
      DocumentKey document = all.get(simulation.draw(all.size()));
      product.blemished.add(document); // of a document whose row is not read yet nobody knows
      String message =
          "{\"job\":\"search\",\"action\":\"refresh\",\"target\":\"%s\",\"target_id\":%s}"
              .formatted(document.type().target(), IdJson.node(document.id()));
      tell(message);
    }

    /** Of rows that the surface has passed. */
    private void fillHoles() {
      product.holes.forEach(
          (document, message) -> {
            Product.Document row = product.documents.get(document);
            if (row != null && row.commit() <= indexes.progress(document.type())) {
              tell(message);
            }
          });
    }

    private void tell(String message) {
      control.append(
          0,
          new RawRecord(
              "pipeline-control",
              0,
              control.end(0),
              simulation.now(),
              null,
              message.getBytes(StandardCharsets.UTF_8)),
          simulation.now());
    }

    /** What was committed up to there is found; authors' changes are exempt. */
    private void judge(DocumentType type, long lsn) {
      for (DocumentKey document : product.allDocuments()) {
        Product.Document row = product.documents.get(document);
        if (!mode.usesRows(type) || document.type() != type) {
          continue; // of events nothing tells how far they are
        }
        if (row == null) {
          if (product.gone.getOrDefault(document, Long.MAX_VALUE) <= lsn) {
            assertThat(indexes.found(document)).as("%s is gone", document).isNull();
          }
        } else if (row.commit() <= lsn && product.isWhole(document, lsn)) {
          JsonNode found = indexes.found(document);
          if (row.deleted()) {
            assertThat(found).as("%s is deleted", document).isNull();
            continue;
          }
          boolean isTold = product.isToldAtOnce(row.author(), lsn); // else in steps
          Set<String> visibilities = visibilities(row, isTold || product.isAsEver(row.author()));
          if (found == null) {
            assertThat(product.isSteady(row.author(), lsn) && !visibilities.contains("unlisted"))
                .as("%s is not found, although its author was always active", document)
                .isFalse();
          } else {
            assertThat(own(found, type)).as("%s", document).isEqualTo(own(row));
            assertThat(visibilities).as("%s", document).contains(found.path("visibility").asText());
            if (isTold) {
              assertThat(author(found))
                  .as("author of %s, who has few documents", document)
                  .isEqualTo(author(product.users.get(row.author())));
            }
          }
        }
      }
    }

    /** A document that was never deleted, nor ever of an author who was not active. */
    private void judgeHidden(DocumentKey document) {
      Product.Document row = product.documents.get(document);
      boolean isInSteps = row != null && !product.isSteady(row.author());
      if (isInSteps || indexes.progress(document.type()) < product.leftAlone(document)) {
        return; // that somebody is back is told in steps, also behind the gate
      }
      assertThat(product.documents.containsKey(document) && !product.blemished.contains(document))
          .as("%s was never hidden in the tables", document)
          .isFalse();
    }

    /** What a row's visibility may come to, by what its author may be known to be. */
    private Set<String> visibilities(Product.Document row, boolean isKnown) {
      boolean isPrivate = product.users.get(row.author()).isPrivate();
      String now = Product.visibility(row, isPrivate);
      return isKnown
          ? Set.of(now)
          : new HashSet<>(List.of(now, Product.visibility(row, !isPrivate)));
    }

    private static String own(JsonNode found, DocumentType type) {
      return found.path("author").path("id").asText() + " " + found.path(type.textField()).asText();
    }

    private static String own(Product.Document row) {
      return row.author() + " " + row.text();
    }

    private static String author(JsonNode found) {
      JsonNode author = found.path("author");
      return author.path("display_name").asText() + " " + author.path("avatar_url").asText();
    }

    private static String author(Product.User user) {
      return user.name() + " " + user.picture();
    }

    private void settleRun() throws Exception {
      for (int i = 0; i < 40; i++) {
        product.beat();
        run.settle();
        simulation.clock().advance(i < 20 ? 100 : 1_000);
      }
    }

    @Override
    public void settle() throws Exception {
      product.snapshot();
      settleRun();
      product.holes.values().forEach(this::tell);
      settleRun();
      for (DocumentKey document : product.allDocuments()) {
        JsonNode found = indexes.found(document);
        Product.Document row = product.documents.get(document);
        Product.User author = row == null ? null : product.users.get(row.author());
        if (product.isForgotten(document)) {
          continue; // it stays as it was: that is judged when it goes
        }
        String visibility = row == null ? "" : Product.visibility(row, author.isPrivate());
        if (row == null || row.deleted() || !author.active() || visibility.equals("unlisted")) {
          assertThat(found).as("%s", document).isNull();
        } else {
          assertThat(found).as("%s", document).isNotNull();
          assertThat(
                  own(found, document.type())
                      + " "
                      + author(found)
                      + " "
                      + found.path("visibility").asText()
                      + " "
                      + found.path("likes_count").asLong())
              .as("%s", document)
              .isEqualTo(
                  "%s %s %s %d"
                      .formatted(
                          own(row),
                          author(author),
                          visibility,
                          product.likes.getOrDefault(document, 0L)));
        }
      }
    }
  }
}
