package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.check.SearchTruth.Cause;
import com.shareuptime.streams.proof.check.SearchTruth.Hidden;
import com.shareuptime.streams.proof.traffic.Product;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A reader of searches all along, who looks for what nobody must find, or not everybody. It asks
 * SQL what is hidden, of the rows that were changed last, waits until the surface has passed that
 * moment, searches, and asks SQL again: what the same versions of the rows hide as before must not
 * be found, nor for more readers than it is for.
 */
final class SearchWatcher extends SurfaceReader {
  private static final int NEWEST = 200;
  private static final long PAUSE_MILLIS = 500;
  private static final long POLL_MILLIS = 50;

  /** The many documents of an account follow step by step, and progress does not wait for them. */
  private static final Duration LAG_OF_ACCOUNTS = Duration.ofSeconds(10);

  /** Each is for more readers than the ones before. */
  private static final List<String> VISIBILITIES =
      List.of("private", "followers", "unlisted", "public");

  private final PostgresSurface postgres;
  private final SearchDocuments documents;
  private final Product product;
  private final Target.Type type;

  SearchWatcher(Product product, Target.Type type) {
    super(SearchCheck.surface(type), PAUSE_MILLIS);
    this.postgres = new PostgresSurface(product);
    this.documents = new SearchDocuments(product.addresses().openSearchUrl(), product.kinds());
    this.product = product;
    this.type = type;
  }

  Target.Type type() {
    return type;
  }

  @Override
  void round() throws InterruptedException {
    look(Cause.ROW, Duration.ZERO);
    look(Cause.ACCOUNT, LAG_OF_ACCOUNTS);
  }

  /**
   * @param lag so much longer than the surface's progress says it may be found
   */
  void look(Cause cause, Duration lag) throws InterruptedException {
    Map<Id, Hidden> before =
        postgres.ask(handle -> SearchTruth.hidden(handle, type, cause, NEWEST));
    if (before.isEmpty()) {
      return;
    }
    Thread.sleep(lag.toMillis());
    Lsn token = postgres.ask(PostgresSurface::insertPosition);
    while (postgres.progressOf(surface()).compareTo(token) < 0) {
      Thread.sleep(POLL_MILLIS);
    }
    Map<Id, String> found = documents.visibilities(type, before.keySet());
    Map<Id, Hidden> after =
        postgres.ask(
            handle -> SearchTruth.hidden(handle, product.kinds(), type, cause, before.keySet()));
    before.forEach(
        (id, hidden) -> {
          read();
          if (found.containsKey(id) && hidden.equals(after.get(id))) {
            judge(id, hidden, found.get(id));
          }
        });
  }

  private void judge(Id id, Hidden hidden, String found) {
    if (hidden.visibility() == null) {
      report(Violation.HIDDEN_SHOWN, "%s: found, while nobody may find it".formatted(id));
    } else if (VISIBILITIES.indexOf(found) > VISIBILITIES.indexOf(hidden.visibility())) {
      report(
          Violation.HIDDEN_SHOWN,
          "%s: found with visibility %s, while it is for %s"
              .formatted(id, found, hidden.visibility()));
    }
  }

  @Override
  void close() {
    postgres.close();
  }
}
