package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.local.Addresses;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Readers of counters and of feeds, and clients that read their own writes, who note all along
 * whatever they must never see. To be started when every surface is right.
 */
public final class Watch implements AutoCloseable {
  private static final int WRITERS = 2;

  /**
   * What was seen.
   *
   * @param violations by surface
   * @param stale own writes that a surface did not show although it had promised them
   * @param unanswered own writes that no promise came for in minutes
   * @param broken readers that gave up
   */
  public record Sightings(
      long reads,
      long pages,
      long ownWrites,
      Map<String, Map<Violation, Long>> violations,
      long stale,
      long unanswered,
      List<String> broken,
      List<String> examples) {}

  private final List<Watcher> counters;
  private final PageWatcher pages;
  private final OwnWrites ownWrites;
  private final List<Thread> readers = new ArrayList<>();
  private final List<Thread> writers = new ArrayList<>();
  private final List<String> broken = new CopyOnWriteArrayList<>();

  private Watch(List<Watcher> counters, PageWatcher pages, OwnWrites ownWrites) {
    this.counters = counters;
    this.pages = pages;
    this.ownWrites = ownWrites;
  }

  /** A ledger of what such readers are owed. */
  public static GrowthLedger ledger() {
    return new GrowthLedger(CounterCheck.SURFACES);
  }

  public static Watch start(
      Addresses addresses, FeedPages reader, GrowthLedger ledger, List<Target> growing)
      throws InterruptedException {
    List<Long> users;
    try (PostgresSurface postgres = new PostgresSurface(addresses)) {
      users = Retry.whileAway(() -> postgres.ask(FeedTruth::users));
    }
    Watch watch =
        new Watch(
            CounterCheck.watchers(addresses, ledger, growing),
            new PageWatcher(addresses, reader, users),
            OwnWrites.endless(addresses, WRITERS));
    watch.start();
    return watch;
  }

  private void start() {
    counters.forEach(one -> readers.add(new Thread(one, "watch-" + one.sightings().surface())));
    readers.add(new Thread(pages, "watch-" + RedisFeedSurface.SURFACE));
    writers.addAll(ownWrites.clients());
    readers.forEach(this::start);
    writers.forEach(this::start);
  }

  private void start(Thread thread) {
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (any, failure) -> broken.add(thread.getName() + ": " + failure));
    thread.start();
  }

  /** No more own writes; returns when the last one has been read back. */
  public void endWrites() throws InterruptedException {
    ownWrites.stop();
    for (Thread writer : writers) {
      writer.join();
    }
  }

  public Sightings sightings() {
    Map<String, Map<Violation, Long>> violations = new TreeMap<>();
    List<String> examples = new ArrayList<>();
    long reads = 0;
    for (Watcher one : counters) {
      Watcher.Sightings seen = one.sightings();
      reads += seen.reads();
      if (!seen.violations().isEmpty()) {
        violations.put(seen.surface(), new EnumMap<>(seen.violations()));
      }
      examples.addAll(seen.examples());
    }
    PageWatcher.Sightings ofPages = pages.sightings();
    if (ofPages.wrong() > 0) {
      violations.put(RedisFeedSurface.SURFACE, Map.of(Violation.WRONG_PAGE, ofPages.wrong()));
    }
    examples.addAll(ofPages.examples());
    OwnWrites.Outcome own = ownWrites.outcome();
    return new Sightings(
        reads,
        ofPages.judged(),
        own.writes(),
        violations,
        own.staleReads(),
        own.timeouts(),
        List.copyOf(broken),
        examples);
  }

  @Override
  public void close() {
    ownWrites.stop();
    readers.forEach(Thread::interrupt);
    writers.forEach(Thread::interrupt);
  }
}
