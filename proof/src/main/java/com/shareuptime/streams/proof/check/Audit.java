package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.traffic.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Compares every surface with the tables, as often as wanted, at moments without writes. */
public final class Audit {
  /** What is read in all and published by the jobs. */
  public static final List<String> SURFACES =
      Stream.of(CounterCheck.SURFACES, FeedCheck.SURFACES, SearchCheck.SURFACES)
          .flatMap(List::stream)
          .toList();

  private final Product product;
  private final FeedPages reader;
  private final SurfaceProgress progress;
  private final SearchCheck search;

  public Audit(Product product, FeedPages reader) {
    this.product = product;
    this.reader = reader;
    this.progress = new SurfaceProgress(product, SURFACES);
    this.search = new SearchCheck(product);
  }

  /** Makes a commit and returns a position that a surface has passed only if it has passed that. */
  public Lsn commit() throws InterruptedException {
    return PostgresSurface.await(
        product,
        handle -> {
          handle.execute("select pg_logical_emit_message(true, 'audit', '')");
          return PostgresSurface.insertPosition(handle);
        });
  }

  /** False if some surface has not passed the position in time. */
  public boolean awaitPassed(Lsn position, Duration patience) throws InterruptedException {
    return progress.awaitPassed(position, patience);
  }

  /**
   * Compares each surface as it is now.
   *
   * @param deleted targets known to have been hard-deleted
   */
  public List<SurfaceResult> compare(Set<Target> deleted) throws InterruptedException {
    List<SurfaceResult> results = new ArrayList<>();
    CounterCheck.compare(product, deleted)
        .forEach((surface, differences) -> results.add(differences.of(surface)));
    results.add(PageComparison.of(product, reader).differences().of(RedisFeedSurface.SURFACE));
    results.add(
        new DurableFeedSurface(product)
            .compare(Duration.ZERO, position -> true)
            .of(DurableFeedSurface.SURFACE));
    results.addAll(search.finish(Duration.ZERO));
    return results;
  }
}
