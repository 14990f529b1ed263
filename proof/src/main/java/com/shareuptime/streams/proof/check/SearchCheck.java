package com.shareuptime.streams.proof.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.check.Differences.Kind;
import com.shareuptime.streams.proof.thread.Until;
import com.shareuptime.streams.proof.traffic.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of a check that judges search: every document equals what SQL says, field by field, and
 * no other is found.
 */
final class SearchCheck {
  static final List<String> SURFACES = List.of("search.posts", "search.reels");

  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private final Product product;
  private final SearchDocuments documents;

  /** Those that the product has. */
  private final List<Target.Type> types;

  SearchCheck(Product product) {
    this.product = product;
    this.documents = new SearchDocuments(product.addresses().openSearchUrl(), product.kinds());
    this.types = product.sql().hasReels() ? Target.Type.DOCUMENTS : List.of(Target.Type.POST);
  }

  /**
   * Call it when nothing is written any more and the surfaces have passed all that was.
   *
   * @param patience counts and renames follow so much later at most
   */
  List<SurfaceResult> finish(Duration patience) throws InterruptedException {
    List<SurfaceResult> results = new ArrayList<>();
    for (Target.Type type : types) {
      results.add(finish(type, patience).of(surface(type)));
    }
    return results;
  }

  /** The same, with what these readers have seen meanwhile. */
  List<SurfaceResult> finish(Duration patience, List<SearchWatcher> watched)
      throws InterruptedException {
    List<SurfaceResult> results = new ArrayList<>();
    for (SearchWatcher watcher : watched) {
      Differences found = finish(watcher.type(), patience);
      Sightings seen = watcher.sightings();
      results.add(found.with(seen.withReads(found.compared())));
    }
    return results;
  }

  private Differences finish(Target.Type type, Duration patience) throws InterruptedException {
    return Until.enough(patience, LOOK_EVERY, () -> compare(type), Differences::isNone);
  }

  /** A reader of each surface, not started yet. */
  List<SearchWatcher> watchers() {
    return types.stream().map(type -> new SearchWatcher(product, type)).toList();
  }

  static String surface(Target.Type type) {
    return "search." + type.table();
  }

  private Differences compare(Target.Type type) throws InterruptedException {
    Map<Id, JsonNode> truth =
        PostgresSurface.await(product, handle -> SearchTruth.read(handle, product.kinds(), type));
    Map<Id, JsonNode> found = Retry.whileAway(() -> documents.readAll(type));
    Set<Id> all = new TreeSet<>(truth.keySet());
    all.addAll(found.keySet());
    Differences differences = new Differences();
    differences.compared(all.size());
    for (Id id : all) {
      JsonNode expected = truth.get(id);
      JsonNode actual = found.get(id);
      if (!Objects.equals(expected, actual)) {
        differences.add(
            expected == null ? Kind.EXTRA : actual == null ? Kind.MISSING : Kind.WRONG,
            "%s: truth %s; found %s".formatted(id, expected, actual));
      }
    }
    return differences;
  }
}
