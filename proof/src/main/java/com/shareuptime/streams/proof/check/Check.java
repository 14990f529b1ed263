package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.check.CheckReport.OwnWriteResult;
import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.check.CheckReport.TrafficResult;
import com.shareuptime.streams.proof.traffic.CommitListener;
import com.shareuptime.streams.proof.traffic.Fault;
import com.shareuptime.streams.proof.traffic.Revision;
import com.shareuptime.streams.proof.traffic.Simulator;
import com.shareuptime.streams.proof.traffic.TrafficStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Watches a run of the simulator from before the jobs start until all has settled, and reports.
 *
 * <p>In this order: {@link #ledger} goes into the simulator, its opening is written, {@link
 * #watch}, the jobs start, {@link #awaitFirstProgress}, {@link #writeAndRead}, the traffic runs,
 * {@link #finish}.
 */
public final class Check implements AutoCloseable {
  private static final Duration COMPARE_EVERY = Duration.ofSeconds(2);

  private final Addresses addresses;
  private final CheckOptions options;
  private final Consumer<String> log;
  private final List<String> names = new ArrayList<>(CounterCheck.SURFACES);
  private final GrowthLedger ledger = new GrowthLedger(CounterCheck.SURFACES);
  private final List<Watcher> watchers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Thread> clients = new ArrayList<>();
  private final SurfaceProgress progress;
  private final OwnWrites ownWrites;
  private final Optional<FeedCheck> feeds;
  private final Optional<SearchCheck> search;

  /**
   * @param reader of feeds; empty where no job makes feeds, so that none are checked
   * @param searches whether a job makes documents
   * @param log gets a line now and then
   */
  public Check(
      Addresses addresses,
      CheckOptions options,
      Optional<FeedPages> reader,
      boolean searches,
      Consumer<String> log) {
    this.addresses = addresses;
    this.options = options;
    this.log = log;
    this.ownWrites = new OwnWrites(addresses, options.ownWrites());
    this.feeds = reader.map(pages -> new FeedCheck(addresses, pages, options.ownWrites()));
    if (feeds.isPresent()) {
      names.addAll(FeedCheck.SURFACES);
    }
    this.search = searches ? Optional.of(new SearchCheck(addresses)) : Optional.empty();
    if (searches) {
      names.addAll(SearchCheck.SURFACES);
    }
    this.progress = new SurfaceProgress(addresses, names);
  }

  /** What the simulator must tell its commits to. */
  public CommitListener ledger() {
    return ledger;
  }

  /** Starts to read both surfaces of the counters, all along. */
  public void watch(List<Target> growing) throws InterruptedException {
    for (Watcher watcher : CounterCheck.watchers(addresses, ledger, growing)) {
      watchers.add(watcher);
      threads.add(start(new Thread(watcher, "watch-" + watcher.sightings().surface())));
    }
  }

  /** Returns once every surface serves what was there before the jobs started. */
  public boolean awaitFirstProgress() throws InterruptedException {
    return progress.awaitPassed(progress.currentPosition(), options.progressWithin());
  }

  /** Starts the clients that read their own writes, and the stopwatch of the freshness. */
  public void writeAndRead() throws InterruptedException {
    ledger.startMeasuring();
    ownWrites.clients().forEach(client -> clients.add(start(client)));
    if (feeds.isPresent()) {
      feeds.get().start();
    }
  }

  /** Call it once the traffic is over. */
  public CheckReport finish(Simulator traffic) throws InterruptedException {
    log.accept("traffic is over; waiting for the surfaces to pass the last commit");
    for (Thread client : clients) {
      client.join();
    }
    if (feeds.isPresent()) {
      feeds.get().awaitClients();
    }
    boolean settled = progress.awaitPassed(progress.currentPosition(), options.progressWithin());
    Optional<FeedCheck.Findings> ofFeeds = Optional.empty();
    if (feeds.isPresent()) {
      log.accept("reading the pages of every user");
      ofFeeds = Optional.of(feeds.get().finish(this::passed, options.settleWithin()));
    }
    List<SurfaceComparison> comparisons = awaitRight(traffic);
    List<SurfaceResult> ofSearch = List.of();
    if (search.isPresent()) {
      log.accept("reading every document");
      ofSearch = search.get().finish(options.settleWithin());
    }
    threads.forEach(Thread::interrupt);
    DeadLetterAudit letters;
    try (DeadLetters topic = new DeadLetters(addresses.kafkaBootstrap())) {
      TrafficStats stats = traffic.stats();
      letters =
          DeadLetterAudit.of(stats.badRecords(), stats.resent(), topic, options.settleWithin());
    }
    List<SurfaceResult> surfaces = new ArrayList<>();
    for (int i = 0; i < comparisons.size(); i++) {
      surfaces.add(result(comparisons.get(i), watchers.get(i).sightings()));
    }
    ofFeeds.ifPresent(found -> surfaces.addAll(found.surfaces()));
    surfaces.addAll(ofSearch);
    return new CheckReport(
        settled,
        surfaces,
        ownWriteResult(),
        ofFeeds.map(FeedCheck.Findings::feeds).orElse(null),
        letters,
        trafficResult(traffic.stats()));
  }

  /** Announced but rolled back is counted until the grace has passed: right means right at last. */
  private List<SurfaceComparison> awaitRight(Simulator traffic) throws InterruptedException {
    long deadline = System.nanoTime() + options.settleWithin().toNanos();
    while (true) {
      List<SurfaceComparison> comparisons = CounterCheck.compare(addresses, traffic.deleted());
      boolean right = comparisons.stream().allMatch(SurfaceComparison::isRight);
      if (right || System.nanoTime() > deadline) {
        return comparisons;
      }
      comparisons.forEach(
          one ->
              log.accept(
                  "%s: %d of %d differ, waiting for the grace to pass"
                      .formatted(one.surface(), one.mismatches().size(), one.compared())));
      Thread.sleep(COMPARE_EVERY.toMillis());
    }
  }

  private boolean passed(Lsn position) {
    try {
      return progress.awaitPassed(position, options.progressWithin());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static SurfaceResult result(SurfaceComparison comparison, Watcher.Sightings seen) {
    List<String> examples = new ArrayList<>();
    comparison.mismatches().stream()
        .limit(10)
        .forEach(mismatch -> examples.add(comparison.surface() + " " + mismatch));
    examples.addAll(seen.examples());
    return new SurfaceResult(
        comparison.surface(),
        comparison.compared(),
        comparison.count(SurfaceComparison.Kind.WRONG),
        comparison.count(SurfaceComparison.Kind.MISSING),
        comparison.count(SurfaceComparison.Kind.EXTRA),
        0,
        millis(seen.freshnessMicros(), 50),
        millis(seen.freshnessMicros(), 99),
        seen.freshnessMicros().getTotalCount(),
        seen.reads(),
        seen.unansweredRounds(),
        seen.violations(),
        examples);
  }

  private OwnWriteResult ownWriteResult() {
    OwnWrites.Outcome own = ownWrites.outcome();
    return new OwnWriteResult(
        options.ownWrites(),
        own.writes(),
        own.staleReads(),
        own.timeouts(),
        millis(own.redisMicros(), 50),
        millis(own.redisMicros(), 99),
        millis(own.postgresMicros(), 50),
        millis(own.postgresMicros(), 99));
  }

  private static TrafficResult trafficResult(TrafficStats stats) {
    Map<String, Long> faults = new TreeMap<>();
    for (Fault fault : Fault.values()) {
      if (stats.count(fault) > 0) {
        faults.put(fault.label(), stats.count(fault));
      }
    }
    Map<String, Long> revisions = new LinkedHashMap<>();
    for (Revision revision : Revision.values()) {
      if (stats.count(revision) > 0) {
        revisions.put(revision.label(), stats.count(revision));
      }
    }
    return new TrafficResult(
        stats.interactions(),
        stats.rows(),
        stats.events(),
        stats.generation().toMillis() / 1_000.0,
        stats.retriedTransactions(),
        stats.resent(),
        stats.unfollows(),
        stats.returns(),
        stats.crossings(),
        revisions,
        faults);
  }

  static double millis(Histogram micros, double percentile) {
    return micros.getTotalCount() == 0 ? -1 : micros.getValueAtPercentile(percentile) / 1_000.0;
  }

  private static Thread start(Thread thread) {
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    clients.forEach(Thread::interrupt);
    feeds.ifPresent(FeedCheck::close);
  }
}
