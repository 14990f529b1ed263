package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.WalPosition;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Compares every surface with the tables, as often as wanted, at moments without writes. */
public final class Audit {
  private static final int MOST_EXAMPLES = 10;

  /** What is read in all and published by the jobs. */
  public static final List<String> SURFACES =
      Stream.of(CounterCheck.SURFACES, FeedCheck.SURFACES, SearchCheck.SURFACES)
          .flatMap(List::stream)
          .toList();

  private final Addresses addresses;
  private final FeedPages reader;
  private final SurfaceProgress progress;
  private final SearchCheck search;

  public Audit(Addresses addresses, FeedPages reader) {
    this.addresses = addresses;
    this.reader = reader;
    this.progress = new SurfaceProgress(addresses, SURFACES);
    this.search = new SearchCheck(addresses);
  }

  /** Makes a commit and returns a position that a surface has passed only if it has passed that. */
  public Lsn commit() throws InterruptedException {
    try (PostgresSurface postgres = new PostgresSurface(addresses)) {
      return Retry.whileAway(() -> postgres.ask(Audit::commit));
    }
  }

  private static Lsn commit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_logical_emit_message(true, 'audit', '')");
    }
    return WalPosition.read(connection);
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
    for (SurfaceComparison one : CounterCheck.compare(addresses, deleted)) {
      results.add(
          result(
              one.surface(),
              one.compared(),
              one.count(SurfaceComparison.Kind.WRONG),
              one.count(SurfaceComparison.Kind.MISSING),
              one.count(SurfaceComparison.Kind.EXTRA),
              0,
              one.mismatches().stream().limit(MOST_EXAMPLES).map(Object::toString).toList()));
    }
    results.add(result(RedisFeedSurface.SURFACE, PageComparison.of(addresses, reader).tally()));
    results.add(
        result(
            DurableFeedSurface.SURFACE,
            new DurableFeedSurface(addresses).compare(Duration.ZERO, position -> true)));
    results.addAll(search.finish(Duration.ZERO));
    return results;
  }

  private static SurfaceResult result(String surface, FeedTally tally) {
    return result(
        surface,
        tally.compared(),
        tally.wrong(),
        tally.missing(),
        tally.extra(),
        tally.outOfOrder(),
        tally.examples());
  }

  private static SurfaceResult result(
      String surface,
      long compared,
      long wrong,
      long missing,
      long extra,
      long outOfOrder,
      List<String> examples) {
    return new SurfaceResult(
        surface,
        compared,
        wrong,
        missing,
        extra,
        outOfOrder,
        -1,
        -1,
        0,
        compared,
        0,
        Map.of(),
        examples);
  }
}
