package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.check.CheckReport.OwnWriteResult;
import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.check.CheckReport.TrafficResult;
import com.shareuptime.streams.proof.thread.Until;
import com.shareuptime.streams.proof.traffic.CommitListener;
import com.shareuptime.streams.proof.traffic.Product;
import com.shareuptime.streams.proof.traffic.Simulator;
import com.shareuptime.streams.proof.traffic.TrafficCount;
import com.shareuptime.streams.proof.traffic.TrafficStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Watches a run of the simulator from before the jobs start until all has settled, and reports.
 *
 * <p>In this order: {@link #ledger} goes into the simulator, its opening is written, {@link
 * #watch}, the jobs start, {@link #awaitFirstProgress}, {@link #writeAndRead}, the traffic runs,
 * {@link #finish}.
 */
public final class Check implements AutoCloseable {
  private static final Duration COMPARE_EVERY = Duration.ofSeconds(2);

  private final Product product;
  private final CheckOptions options;
  private final Consumer<String> log;
  private final GrowthLedger ledger = Watch.ledger();
  private final Watch watch;
  private final SurfaceProgress progress;
  private final OwnWrites ownWrites;
  private final Optional<FeedCheck> feeds;
  private final Optional<SearchCheck> search;
  private final List<SearchWatcher> searches;
  private final DeadLetters letters;

  /**
   * @param reader of feeds; empty where no job makes feeds, so that none are checked
   * @param searches whether a job makes documents
   * @param log gets a line now and then
   */
  public Check(
      Product product,
      CheckOptions options,
      Optional<FeedPages> reader,
      boolean searches,
      Consumer<String> log) {
    this.product = product;
    this.options = options;
    this.log = log;
    this.watch = new Watch(product, ledger);
    this.ownWrites = new OwnWrites(product, options.ownWrites());
    this.feeds = reader.map(pages -> new FeedCheck(product, pages, options.ownWrites()));
    this.search = searches ? Optional.of(new SearchCheck(product)) : Optional.empty();
    this.searches = search.map(SearchCheck::watchers).orElse(List.of());
    List<String> names = new ArrayList<>(CounterCheck.SURFACES);
    feeds.ifPresent(any -> names.addAll(FeedCheck.SURFACES));
    search.ifPresent(any -> names.addAll(SearchCheck.SURFACES));
    this.progress = new SurfaceProgress(product, names);
    this.letters = DeadLetters.fromNow(product.addresses().kafkaBootstrap());
  }

  /** What the simulator must tell its commits to. */
  public CommitListener ledger() {
    return ledger;
  }

  /** Starts to read both surfaces of the counters, all along. */
  public void watch(List<Target> growing) throws InterruptedException {
    watch.counters(growing);
  }

  /** Returns once every surface serves what was there before the jobs started. */
  public boolean awaitFirstProgress() throws InterruptedException {
    return progress.awaitPassed(progress.currentPosition(), options.progressWithin());
  }

  /** Starts the clients that read their own writes, and the stopwatch of the freshness. */
  public void writeAndRead() throws InterruptedException {
    ledger.startMeasuring();
    watch.writers(ownWrites.clients());
    if (feeds.isPresent()) {
      feeds.get().start(watch);
    }
    watch.searches(searches);
  }

  /** Call it once the traffic is over. */
  public CheckReport finish(Simulator traffic) throws InterruptedException {
    log.accept("traffic is over; waiting for the surfaces to pass the last commit");
    watch.awaitWriters();
    boolean settled = progress.awaitPassed(progress.currentPosition(), options.progressWithin());
    Optional<FeedCheck.Findings> ofFeeds = Optional.empty();
    if (feeds.isPresent()) {
      log.accept("reading the pages of every user");
      ofFeeds =
          Optional.of(feeds.get().finish(watch.pages(), this::passed, options.settleWithin()));
    }
    Map<String, Differences> ofCounters = awaitRight(traffic);
    List<SurfaceResult> ofSearch = List.of();
    if (search.isPresent()) {
      log.accept("reading every document");
      ofSearch = search.get().finish(options.settleWithin(), searches);
    }
    log.accept("reading the lists");
    List<SurfaceResult> ofLists = TrendingCheck.finish(product, options.settleWithin());
    watch.close();
    watch.broken().forEach(reader -> log.accept("a reader gave up: " + reader));
    DeadLetterAudit audit = DeadLetterAudit.of(traffic.stats(), letters, options.settleWithin());
    List<SurfaceResult> surfaces = new ArrayList<>();
    for (Sightings seen : watch.ofCounters()) {
      surfaces.add(ofCounters.get(seen.surface()).with(seen));
    }
    ofFeeds.ifPresent(found -> surfaces.addAll(found.surfaces()));
    surfaces.addAll(ofSearch);
    surfaces.addAll(ofLists);
    return new CheckReport(
        settled,
        surfaces,
        ownWriteResult(),
        ofFeeds.map(FeedCheck.Findings::feeds).orElse(null),
        audit,
        trafficResult(traffic.stats()));
  }

  /** Announced but rolled back is counted until the grace has passed: right means right at last. */
  private Map<String, Differences> awaitRight(Simulator traffic) throws InterruptedException {
    return Until.enough(
        options.settleWithin(),
        COMPARE_EVERY,
        () -> {
          Map<String, Differences> found = CounterCheck.compare(product, traffic.deleted());
          found.forEach(
              (surface, differences) -> {
                if (!differences.isNone()) {
                  log.accept(
                      "%s: %d of %d differ, waiting for the grace to pass"
                          .formatted(surface, differences.count(), differences.compared()));
                }
              });
          return found;
        },
        found -> found.values().stream().allMatch(Differences::isNone));
  }

  private boolean passed(Lsn position) {
    try {
      return progress.awaitPassed(position, options.progressWithin());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private OwnWriteResult ownWriteResult() {
    return new OwnWriteResult(
        options.ownWrites(),
        ownWrites.done(),
        ownWrites.stale(),
        ownWrites.timeouts(),
        Sightings.millis(ownWrites.redisMicros, 50),
        Sightings.millis(ownWrites.redisMicros, 99),
        Sightings.millis(ownWrites.postgresMicros, 50),
        Sightings.millis(ownWrites.postgresMicros, 99));
  }

  private static TrafficResult trafficResult(TrafficStats stats) {
    return new TrafficResult(
        stats.count(TrafficCount.INTERACTIONS),
        stats.count(TrafficCount.ROWS),
        stats.count(TrafficCount.EVENTS),
        stats.generation().toMillis() / 1_000.0,
        stats.count(TrafficCount.RETRIED_TRANSACTIONS),
        stats.count(TrafficCount.RESENT_EVENTS),
        stats.count(TrafficCount.UNFOLLOWS),
        stats.count(TrafficCount.RETURNS),
        stats.crossings(),
        stats.revisions(),
        new TreeMap<>(stats.faults()));
  }

  @Override
  public void close() {
    watch.close();
    feeds.ifPresent(FeedCheck::close);
    letters.close();
  }
}
