package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.thread.Daemon;
import com.shareuptime.streams.proof.traffic.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Readers of counters, of feeds and of searches, and clients that read their own writes, who note
 * all along whatever they must never see.
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
  public record Seen(
      long reads,
      long pages,
      long ownWrites,
      Map<String, Map<Violation, Long>> violations,
      long stale,
      long unanswered,
      List<String> broken,
      List<String> examples) {}

  private final Product product;
  private final GrowthLedger ledger;
  private final List<Watcher> counters = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();
  private final List<Thread> writers = new ArrayList<>();
  private final List<String> broken = new CopyOnWriteArrayList<>();
  private PageWatcher pages;
  private OwnWrites ownWrites;

  Watch(Product product, GrowthLedger ledger) {
    this.product = product;
    this.ledger = ledger;
  }

  /** A ledger of what such readers are owed. */
  public static GrowthLedger ledger() {
    return new GrowthLedger(CounterCheck.SURFACES);
  }

  /** All of them, and a few endless clients; when every surface is right. */
  public static Watch start(
      Product product, FeedPages reader, GrowthLedger ledger, List<Target> growing)
      throws InterruptedException {
    Watch watch = new Watch(product, ledger);
    watch.counters(growing);
    watch.pages(reader);
    watch.ownWrites = OwnWrites.endless(product, WRITERS);
    watch.writers(watch.ownWrites.clients());
    return watch;
  }

  /** Starts a reader of each surface of counters. */
  void counters(List<Target> growing) throws InterruptedException {
    counters.addAll(CounterCheck.watchers(product, ledger, growing));
    counters.forEach(this::read);
  }

  /** Starts a reader of pages. */
  void pages(FeedPages reader) throws InterruptedException {
    pages = new PageWatcher(product, reader);
    read(pages);
  }

  /** Starts readers of searches. */
  void searches(List<SearchWatcher> all) {
    all.forEach(this::read);
  }

  private void read(SurfaceReader reader) {
    readers.add(start(new Thread(reader, "watch-" + reader.surface())));
  }

  /** Starts clients. */
  void writers(List<Thread> clients) {
    clients.forEach(client -> writers.add(start(client)));
  }

  private Thread start(Thread thread) {
    thread.setUncaughtExceptionHandler(
        (any, failure) -> broken.add(thread.getName() + ": " + failure));
    return Daemon.start(thread);
  }

  /** Returns when every client has done what it was to do. */
  void awaitWriters() throws InterruptedException {
    for (Thread writer : writers) {
      writer.join();
    }
  }

  /** No more own writes; returns when the last one has been read back. */
  public void endWrites() throws InterruptedException {
    ownWrites.stop();
    awaitWriters();
  }

  List<Sightings> ofCounters() {
    return counters.stream().map(SurfaceReader::sightings).toList();
  }

  PageWatcher pages() {
    return pages;
  }

  List<String> broken() {
    return List.copyOf(broken);
  }

  public Seen seen() {
    List<Sightings> all = new ArrayList<>(ofCounters());
    all.add(pages.sightings());
    Map<String, Map<Violation, Long>> violations = new TreeMap<>();
    List<String> examples = new ArrayList<>();
    for (Sightings one : all) {
      if (!one.violations().isEmpty()) {
        violations.put(one.surface(), one.violations());
      }
      examples.addAll(one.examples());
    }
    return new Seen(
        ofCounters().stream().mapToLong(Sightings::reads).sum(),
        pages.judged(),
        ownWrites.done(),
        violations,
        ownWrites.stale(),
        ownWrites.timeouts(),
        broken(),
        examples);
  }

  @Override
  public void close() {
    if (ownWrites != null) {
      ownWrites.stop();
    }
    readers.forEach(Thread::interrupt);
    writers.forEach(Thread::interrupt);
  }
}
