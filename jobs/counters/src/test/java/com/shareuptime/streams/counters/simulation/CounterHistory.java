package com.shareuptime.streams.counters.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.counters.CounterKind;
import com.shareuptime.streams.counters.CounterMode;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.SimulatedCounters;
import com.shareuptime.streams.counters.total.CounterUpdate;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.counters.total.TruthChange.Refresh;
import com.shareuptime.streams.simulation.Histories;
import com.shareuptime.streams.simulation.SimulatedCheckpoint;
import com.shareuptime.streams.simulation.SimulatedDatabase;
import com.shareuptime.streams.simulation.SimulatedIngest;
import com.shareuptime.streams.simulation.SimulatedJob;
import com.shareuptime.streams.simulation.SimulatedRun;
import com.shareuptime.streams.simulation.SimulatedTopic;
import com.shareuptime.streams.simulation.Simulation;
import com.shareuptime.streams.source.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The product, ingest, and the job, which dies, freezes, and goes on from what is retained. */
final class CounterHistory implements Histories.History {
  private static final int BEAT_MILLIS = 250;
  private static final int RETAINED = 2;
  private static final Map<String, SimulatedJob> JOBS = new HashMap<>();

  private final Simulation simulation;
  private final Draws draws;
  private final SimulatedDatabase database;
  private final Truth truth;
  private final Stores stores;
  private final Product product;
  private final SimulatedIngest ingest;
  private final EventWindows windows = new EventWindows();
  private final SimulatedTopic<RawRecord> events;
  private final SimulatedTopic<RawRecord> control = new SimulatedTopic<>("pipeline-control", 1);
  private final boolean longRests;
  private final int partitions;
  private final int maxParallelism;
  private final List<SimulatedCheckpoint> retained = new ArrayList<>();
  private final Map<SimulatedCheckpoint, Long> settledAt = new HashMap<>();
  private final Map<SimulatedCheckpoint, Long> keptSince = new HashMap<>();
  private CounterMode mode;
  private SimulatedTopic<TruthChange> known;
  private SimulatedRun run;
  private SimulatedRun frozen;
  private int downFor;
  private int ingestDownFor;
  private long lastBeat;
  private long correctedAt;
  private long startedAt;
  private long unread;
  private long wholeFrom;
  private boolean snapshotAgain;
  private boolean minutesAreOfEvents = true;

  CounterHistory(Simulation simulation, Draws draws) throws Exception {
    this.simulation = simulation;
    this.draws = draws;
    mode = simulation.oneIn(4) ? CounterMode.ROWS : CounterMode.EVENTS_AND_ROWS;
    longRests = simulation.oneIn(5);
    partitions = 1 + simulation.draw(SimulatedCounters.MAX_PARTITIONS);
    maxParallelism = simulation.oneIn(40) ? 720 : 24;
    database = new SimulatedDatabase(simulation);
    truth = new Truth(database);
    stores = new Stores(simulation, truth);
    simulation.share(SimulatedSinks.STORES, stores);
    events = new SimulatedTopic<>("likes-events", 1 + simulation.draw(3));
    product =
        new Product(simulation, database, truth, stores, events, windows, simulation.oneIn(3));
    for (int i = simulation.draw(10); i > 0; i--) {
      product.act();
    }
    Map<com.shareuptime.streams.cdc.CdcTable, Integer> topics = new HashMap<>();
    SimulatedCounters.TABLES.forEach(table -> topics.put(table, partitions));
    ingest = new SimulatedIngest(simulation, database, topics);
    startFresh();
  }

  @Override
  public int steps() {
    return 100;
  }

  @Override
  public void step() throws Exception {
    pass(simulation.draw(200));
    switch (simulation.draw(16)) {
      case 0, 1, 2, 3, 4, 5, 6 -> product.act();
      case 7 -> ingestEvent();
      case 8 -> {
        if (run != null) {
          run.checkpoint();
        }
      }
      case 9 -> {
        if (run != null && simulation.oneIn(2)) {
          end();
        }
      }
      case 10 -> {
        if (longRests && simulation.oneIn(8)) {
          restLong();
        } else if (simulation.oneIn(4)) {
          rest(simulation.draw(3 * (int) SimulatedCounters.GRACE.toMillis()));
        }
      }
      case 11 -> {
        if (simulation.oneIn(4)) {
          refresh();
        } else if (draws.corrections() && simulation.oneIn(6)) {
          spoilAndCorrect();
        }
      }
      default -> {}
    }
    move();
  }

  private void move() throws Exception {
    if (ingestDownFor > 0) {
      ingestDownFor--;
    } else {
      boolean snapshot = ingest.isInSnapshot();
      ingest.step(simulation.draw(12));
      snapshotMayEnd(snapshot);
      if (simulation.oneIn(4)) {
        ingest.checkpoint();
      }
    }
    if (frozen != null && simulation.oneIn(4)) {
      frozen.thaw(simulation.draw(12));
    }
    if (run == null) {
      if (--downFor <= 0) {
        restart();
      }
    } else {
      run.steps(simulation.draw(24));
      keep();
    }
  }

  /** Lets time pass; a job that has fallen behind by half of its patience catches up. */
  private void pass(long millis) throws Exception {
    advance(millis);
    product.sendDelayed();
    if (ingestDownFor == 0 && simulation.now() - lastBeat >= BEAT_MILLIS) {
      lastBeat = simulation.now();
      ingest.beat();
    }
    unread += millis;
    if (unread > SimulatedCounters.PATIENCE.toMillis() / 2) {
      catchUp();
    }
  }

  /** A long time passes with some looks at the clock, by which inputs are found to be idle. */
  private void advance(long millis) {
    long rest = millis;
    for (int i = 0; i < 3 && millis > 2_000; i++) {
      simulation.clock().advance(600);
      rest -= 600;
      if (run != null) {
        run.tick();
      }
    }
    simulation.clock().advance(rest);
  }

  private void catchUp() throws Exception {
    unread = 0;
    if (ingestDownFor == 0) {
      boolean snapshot = ingest.isInSnapshot();
      ingest.settle();
      snapshotMayEnd(snapshot);
    }
    if (run != null) {
      run.settle();
      keep();
    }
  }

  private void snapshotMayEnd(boolean before) {
    if (before && !ingest.isInSnapshot()) {
      truth.loseRowsOfEvents();
    }
  }

  /** Nothing is done for a while, but all that is there is read. */
  private void rest(long millis) throws Exception {
    for (long left = millis; left > 0; left -= 500) {
      pass(500);
      catchUp();
    }
  }

  /** Minutes go by; each is read before the next. */
  private void restLong() throws Exception {
    simulation.note("minutes go by");
    catchUp();
    for (int i = 0; i < 15; i++) {
      pass(2_500); // inputs are found to be idle, and that is heard before the clock goes on
      catchUp();
      advance(17_500);
      hearLate();
      pass(0);
      catchUp();
    }
    product.sendToAllPartitions();
    catchUp();
    pass(2_500); // their time is told
    catchUp();
    pass(200); // and what has waited for it is flushed
    catchUp();
    windows.close(stores.windows(), simulation.now());
  }

  /** What comes late is read, and its time told, before the log says that time has passed. */
  private void hearLate() throws Exception {
    product.sendDelayed();
    if (run != null) {
      run.settle();
      run.tick();
      run.settle();
      keep();
    }
  }

  private void keep() {
    SimulatedCheckpoint last = run.lastComplete();
    if (last != null && !retained.contains(last)) {
      retained.add(last);
      settledAt.put(last, stores.settledAt());
      keptSince.put(last, simulation.now());
      if (retained.size() > RETAINED) {
        retained.remove(0);
      }
    }
    if (correctedAt == Long.MAX_VALUE && stores.lowestProgress() > startedAt) {
      correctedAt = simulation.now(); // again, as the gate is open
    }
    if (retained.stream().allMatch(one -> keptSince.get(one) > correctedAt)) {
      product.correctionsAreKept();
    }
  }

  private void ingestEvent() {
    switch (simulation.draw(12)) {
      case 0, 1, 2 -> ingestDownFor = simulation.draw(20);
      case 3, 4, 5 -> {
        if (draws.ingestRestarts()) {
          ingest.restart();
        }
      }
      case 7 ->
          ingest.compact(
              simulation.now() - 2 * SimulatedCounters.GRACE.toMillis(),
              simulation.now() - SimulatedCounters.RETENTION.toMillis());
      case 6 -> {
        if (draws.snapshots() && !product.isSpoiled()) {
          ingest.resnapshot();
          snapshotAgain = true; // rows that it does not find stay in the state of presence
          truth.forgetGone();
        }
      }
      default -> {}
    }
  }

  /**
   * As {@code upgrade} does it with another mode: from a savepoint; or as {@code submit} does it,
   * from whatever is retained, which may be older than the last writes.
   */
  private void switchMode() throws Exception {
    dropTooOld();
    if (retained.isEmpty() || simulation.oneIn(2)) {
      run.completeCheckpoint();
    }
    keep();
    run.die();
    frozen = null;
    mode = mode == CounterMode.ROWS ? CounterMode.EVENTS_AND_ROWS : CounterMode.ROWS;
    start(drawRetained());
  }

  /** The job refuses a state older than what the topics remember. */
  private void dropTooOld() {
    long oldest = simulation.now() - SimulatedCounters.MAX_AGE.toMillis() + 60_000;
    retained.removeIf(one -> keptSince.get(one) < oldest);
  }

  private SimulatedCheckpoint drawRetained() {
    SimulatedCheckpoint from = retained.get(retained.size() - 1);
    if (simulation.oneIn(4)) {
      from = retained.get(0);
      retained.subList(1, retained.size()).clear();
    }
    return from;
  }

  private void end() throws Exception {
    if (draws.modeSwitches() && simulation.oneIn(10)) {
      switchMode();
      return;
    }
    keep();
    if (draws.frozen() && simulation.oneIn(3)) {
      simulation.note("run freezes");
      frozen = run;
    } else {
      run.die();
    }
    run = null;
    downFor = 1 + simulation.draw(8);
  }

  private void restart() throws Exception {
    dropTooOld();
    if (retained.isEmpty() || simulation.oneIn(12)) {
      startFresh();
      return;
    }
    start(drawRetained());
  }

  /** As {@code submit --fresh} does it: what the stores hold is to be written anew. */
  private void startFresh() throws Exception {
    product.unspoilAll();
    retained.clear();
    known = null;
    stores.startsFresh();
    truth.forgetGone();
    truth.loseRowsOfEvents();
    start(null);
  }

  private void start(SimulatedCheckpoint from) throws Exception {
    simulation.note("mode is %s", mode);
    minutesAreOfEvents &= mode == CounterMode.EVENTS_AND_ROWS;
    wholeFrom = from == null ? simulation.now() : wholeFrom;
    if (from == null) {
      known = new SimulatedTopic<>("known-" + simulation.now(), 1);
      stores.held().forEach(target -> known.append(0, new Refresh(target), simulation.now()));
    }
    truth.unsettle(from == null ? 0 : settledAt.get(from), simulation.now());
    unread = 0;
    correctedAt = Long.MAX_VALUE;
    startedAt = database.lsn();
    run =
        SimulatedRun.start(
            simulation,
            job(),
            drawParallelism(),
            Map.of(
                "rows", ingest.topics(),
                "events", List.of(events),
                "control", List.of(control),
                "known", List.of(known)),
            from,
            this::offset);
  }

  private int drawParallelism() {
    return simulation.oneIn(10) ? 1 + simulation.draw(12) : 1 + simulation.draw(2);
  }

  private int offset(String source, SimulatedTopic<?> topic, int partition) {
    return switch (source) {
      case "events" ->
          topic.firstSince(partition, simulation.now() - 2 * SimulatedCounters.GRACE.toMillis());
      case "control" -> topic.end(partition);
      default -> 0;
    };
  }

  private SimulatedJob job() {
    return JOBS.computeIfAbsent(
        mode + "/" + maxParallelism,
        any -> SimulatedCounters.job(mode, maxParallelism, new SimulatedSinks(), Stores::list));
  }

  private void refresh() {
    CounterTarget target =
        new CounterTarget(CounterTarget.Type.of(simulation.draw(2)), 1 + simulation.draw(3));
    simulation.note("refresh %s", target.text());
    send(
        "{\"job\":\"counters\",\"action\":\"refresh\",\"target\":\"%s\",\"target_id\":%d}"
            .formatted(target.type().text(), target.id()));
  }

  private void send(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    control.append(
        0,
        new RawRecord("pipeline-control", 0, control.end(0), simulation.now(), null, bytes),
        simulation.now());
  }

  /**
   * A row comes that the log does not know, is found by reconcile, and corrected. From then on the
   * count is right for good, unless a failure undoes the correction and the same counter was
   * changed meanwhile: then reconcile would find it once more.
   */
  private void spoilAndCorrect() throws Exception {
    if (run == null || ingestDownFor > 0) {
      return;
    }
    rest(3 * SimulatedCounters.GRACE.toMillis());
    CounterTarget target =
        new CounterTarget(CounterTarget.Type.POST, 1 + simulation.draw(Product.POSTS));
    CounterUpdate found = stores.counters(SimulatedSinks.POSTGRES).get(target);
    if (run == null
        || found == null
        || found.gone()
        || stores.progress(SimulatedSinks.POSTGRES) == 0) {
      return;
    }
    product.spoil(target, stores.settledAt());
    simulation.note("correct %s", target.text());
    send(
        "{\"job\":\"counters\",\"action\":\"correct\",\"target\":\"%s\",\"target_id\":%d,\"if_version\":%d,\"truth\":%s,\"found\":%s}"
            .formatted(
                target.type().text(),
                target.id(),
                found.version(),
                counts(
                    truth.count(target, CounterKind.LIKES),
                    truth.count(target, CounterKind.COMMENTS),
                    truth.count(target, CounterKind.SHARES) + 1),
                counts(found.likes(), found.comments(), found.shares())));
    run.settle();
    simulation.clock().advance(400);
    run.settle();
    keep();
    boolean corrected = true;
    for (String surface : stores.surfaces()) {
      CounterUpdate shown = stores.counters(surface).get(target);
      corrected &= shown != null && shown.shares() == found.shares() + 1;
    }
    product.spoiled(target, corrected);
    correctedAt = simulation.now();
  }

  private static String counts(long likes, long comments, long shares) {
    return "{\"likes\":%d,\"comments\":%d,\"shares\":%d}".formatted(likes, comments, shares);
  }

  @Override
  public void settle() throws Exception {
    product.loseDelayed();
    catchUp();
    ingestDownFor = 0;
    if (run == null) {
      restart();
    }
    if (frozen != null) {
      frozen.thaw(Integer.MAX_VALUE);
    }
    judgeMinutes();
    quiet();
    for (String surface : stores.surfaces()) {
      judge(surface);
    }
    if (longRests && !snapshotAgain) {
      judgeState();
    }
  }

  /** What is gone for longer than the retention is forgotten. */
  private void judgeState() throws Exception {
    for (int i = 0; i < 2; i++) {
      advance(SimulatedCounters.RETENTION.toMillis() + 60_000);
      product.sendToAllPartitions();
      quiet();
    }
    assertThat(run.keys("presence", "presence"))
        .as("rows that presence knows")
        .isLessThanOrEqualTo(product.rows());
  }

  /**
   * Events tell the time of minutes: the last one of each partition is long after what is judged.
   */
  private void judgeMinutes() throws Exception {
    catchUp();
    advance(90_000);
    catchUp();
    long now = simulation.now();
    product.sendToAllPartitions();
    quiet();
    if (minutesAreOfEvents) {
      windows.judge(stores.windows(), wholeFrom, now);
    }
    windows.close(stores.windows(), now);
  }

  private void quiet() throws Exception {
    long[] pauses = {250, 250, 500, 1_000, 2_000, 7_000, 7_000, 1_000};
    for (long pause : pauses) {
      advance(pause);
      ingest.settle();
      ingest.beat();
      ingest.settle();
      run.settle();
      simulation.clock().advance(200);
      run.settle();
    }
  }

  private void judge(String surface) {
    assertThat(stores.progress(surface))
        .as("progress of %s, of a log that ends at %d", surface, database.lsn())
        .isGreaterThanOrEqualTo(database.lsn() - 200);
    for (CounterTarget target : truth.targets()) {
      CounterUpdate shown = stores.counters(surface).get(target);
      boolean gone = shown == null || shown.gone();
      boolean exists = truth.exists(target);
      if (!exists) {
        assertThat(gone).as("%s of %s is gone", target.text(), surface).isTrue();
        continue;
      }
      for (int i = 0; i < CounterKind.COUNT; i++) {
        CounterKind kind = CounterKind.of(i);
        if (kind.counts(target.type())) {
          assertThat(gone ? 0 : Stores.count(shown, kind))
              .as("%s of %s at %s after quiet", kind, target.text(), surface)
              .isEqualTo(truth.count(target, kind));
        }
      }
    }
  }
}
