package com.shareuptime.streams.counters.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Target;
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
import com.shareuptime.streams.version.WriteVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The product, ingest, and the job, which dies, freezes, and goes on from what is retained. */
final class CounterHistory implements Histories.History {
  private static final int BEAT_MILLIS = 250;
  private static final int RETAINED = 2;
  private static final long NEVER = Long.MAX_VALUE;

  /** More than a byte counts, and less than the oldest state that is restored. */
  private static final int SILENCE_SECONDS = 300;

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
  private final boolean longOutages;
  private final int partitions;
  private final int maxParallelism;
  private final ProductIds ids;
  private final List<SimulatedCheckpoint> retained = new ArrayList<>();
  private final Map<SimulatedCheckpoint, Long> settledAt = new HashMap<>();
  private final Map<SimulatedCheckpoint, Long> keptSince = new HashMap<>();
  private CounterMode mode;
  private SimulatedTopic<TruthChange> known;
  private SimulatedRun run;
  private SimulatedRun frozen;
  private long thawedAt;
  private int downFor;
  private int ingestDownFor;
  private long lastBeat;
  private long correctedAt;
  private long startedAt;
  private long unread;
  private long wholeFrom;

  /**
   * When the job was submitted: it remembers from where it reads events, however often it fails.
   */
  private long submittedAt;

  private boolean snapshotAgain;
  private boolean minutesAreOfEvents = true;
  private CounterMode closedIn;
  private boolean compacted;

  CounterHistory(Simulation simulation, Draws draws) throws Exception {
    this.simulation = simulation;
    this.draws = draws;
    mode = simulation.oneIn(4) ? CounterMode.ROWS : CounterMode.EVENTS_AND_ROWS;
    longRests = simulation.oneIn(5);
    longOutages = simulation.oneIn(60);
    partitions = 1 + simulation.draw(SimulatedCounters.MAX_PARTITIONS);
    maxParallelism = simulation.oneIn(40) ? 720 : 24;
    ids = ProductIds.draw(simulation);
    database = new SimulatedDatabase(simulation);
    truth = new Truth(database);
    stores = new Stores(simulation, truth);
    simulation.share(SimulatedSinks.STORES, stores);
    events = new SimulatedTopic<>("likes-events", 1 + simulation.draw(3));
    product =
        new Product(simulation, ids, database, truth, stores, events, windows, simulation.oneIn(3));
    for (int i = simulation.draw(10); i > 0; i--) {
      product.act();
    }
    Map<CdcTable, Integer> topics = new HashMap<>();
    SimulatedCounters.TABLES.forEach(table -> topics.put(table, partitions));
    SimulatedCounters.TABLES_OF_STANDINGS.forEach(table -> topics.put(table, partitions));
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
        } else if (longOutages && simulation.oneIn(8)) {
          fallSilent();
        } else if (simulation.oneIn(4)) {
          rest(simulation.draw(3 * (int) SimulatedCounters.GRACE.toMillis()));
        }
      }
      case 11 -> {
        if (simulation.oneIn(4)) {
          refresh();
        } else if (draws.snapshots() && simulation.oneIn(40)) {
          restartInSnapshot();
        } else if (draws.corrections() && simulation.oneIn(40)) {
          correctAndFail();
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
      stepIngest(simulation.draw(12));
      if (simulation.oneIn(4)) {
        ingest.checkpoint();
      }
    }
    if (frozen != null && simulation.oneIn(4)) {
      thaw(simulation.draw(12));
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

  /**
   * What was under way in a frozen run goes on for a moment. One that went on for longer and read
   * nothing would take that for an outage, as a live one does that has fallen behind.
   */
  private void thaw(int most) throws Exception {
    thawedAt = Math.min(thawedAt, simulation.now());
    if (simulation.now() - thawedAt > SimulatedCounters.PATIENCE.toMillis() / 4) {
      frozen = null;
    } else {
      frozen.thaw(most);
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

  private void stepIngest(int steps) {
    boolean snapshot = ingest.isInSnapshot();
    ingest.step(steps);
    snapshotMayEnd(snapshot);
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

  /**
   * The log is away for more seconds than a byte counts, as a weekend has more than two bytes do,
   * while a post is shared in each; the job fails at the end of it.
   */
  private void fallSilent() throws Exception {
    if (run == null || ingestDownFor > 0) {
      return;
    }
    simulation.note("the log is away for long");
    ingestDownFor = 1;
    for (int second = 0; second < SILENCE_SECONDS; second++) {
      pass(1_000);
      product.shareAnew();
      catchUp();
    }
    run.completeCheckpoint();
    keep();
    run.die();
    start(retained.get(retained.size() - 1));
  }

  /**
   * A snapshot that takes long, and a job that is restarted while it goes on: what is known is
   * served all the same, once nothing more comes of what was read before.
   */
  private void restartInSnapshot() throws Exception {
    if (run == null || ingestDownFor > 0 || product.isSpoiled()) {
      return;
    }
    rest(3 * SimulatedCounters.GRACE.toMillis());
    if (ingestDownFor > 0 || ingest.isInSnapshot()) {
      return;
    }
    resnapshot();
    run.completeCheckpoint();
    keep();
    run.die();
    long before = simulation.lastRunNumber();
    // of several subtasks, some might wait for their first row
    start(retained.get(retained.size() - 1), 1);
    for (int i = 0; i < 5; i++) {
      product.sendToAllPartitions();
      stepIngest(1);
      run.settle();
      advance(1_000);
      run.tick();
      run.settle();
    }
    judgeFreshness(before);
  }

  /** What somebody asks for is written by a run above {@code before}. */
  private void judgeFreshness(long before) throws Exception {
    CounterTarget target = post();
    CounterUpdate held = stores.counters(SimulatedSinks.POSTGRES).get(target);
    if (!ingest.isInSnapshot() || held == null) {
      return;
    }
    refresh(target);
    run.settle();
    simulation.clock().advance(400);
    run.settle();
    keep();
    for (String surface : stores.surfaces()) {
      assertThat(WriteVersion.run(stores.counters(surface).get(target).version()))
          .as("run that writes %s at %s in the middle of a snapshot", target.text(), surface)
          .isGreaterThan(before);
    }
  }

  private CounterTarget post() {
    return ids.post(1 + simulation.draw(Product.POSTS));
  }

  /**
   * Minutes go by; each is read before the next. The job may fail when the first of them are
   * closed, before the last of what is late comes.
   */
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
      if (i == 12 && run != null && simulation.oneIn(2)) {
        writeMinutes();
        run.completeCheckpoint();
        keep();
        run.die();
        run = null;
        downFor = 1;
      }
    }
    if (run != null) {
      writeMinutes();
    }
  }

  private void writeMinutes() throws Exception {
    product.sendToAllPartitions();
    catchUp();
    pass(2_500); // their time is told
    catchUp();
    pass(200); // and what has waited for it is flushed
    catchUp();
    closeMinutes(simulation.now());
  }

  /** Minutes of rows are made anew of what is left of them, if a checkpoint is that old. */
  private void closeMinutes(long now) {
    if (closedIn != mode) {
      windows.forgetClosed(); // a state from before the other mode makes them of its own inputs
      closedIn = mode;
    }
    if (minutesAreOfEvents || !compacted) {
      windows.close(stores.windows(), now);
    }
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
      case 7 -> {
        compacted = true;
        long before = simulation.now() - 2 * SimulatedCounters.GRACE.toMillis();
        product.compacted(
            ingest.compact(before, simulation.now() - SimulatedCounters.RETENTION.toMillis()),
            before);
      }
      case 6 -> {
        if (draws.snapshots() && !product.isSpoiled()) {
          resnapshot();
        }
      }
      default -> {}
    }
  }

  private void resnapshot() {
    product.snapshotMisses(ingest.unread());
    ingest.resnapshot();
    snapshotAgain = true; // rows that it does not find stay in the state of presence
    truth.forgetGone();
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
    submittedAt = simulation.now();
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
      thawedAt = NEVER;
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
    submittedAt = simulation.now();
    start(null);
  }

  private void start(SimulatedCheckpoint from) throws Exception {
    start(from, drawParallelism());
  }

  private void start(SimulatedCheckpoint from, int parallelism) throws Exception {
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
            parallelism,
            Map.of(
                "rows", topics(SimulatedCounters.TABLES),
                "standings", topics(SimulatedCounters.TABLES_OF_STANDINGS),
                "events", List.of(events),
                "control", List.of(control),
                "known", List.of(known)),
            from,
            this::offset);
  }

  private List<SimulatedTopic<?>> topics(List<CdcTable> tables) {
    List<SimulatedTopic<?>> topics = new ArrayList<>();
    tables.forEach(table -> topics.add(ingest.topic(table)));
    return topics;
  }

  private int drawParallelism() {
    return simulation.oneIn(10) ? 1 + simulation.draw(12) : 1 + simulation.draw(2);
  }

  private int offset(String source, SimulatedTopic<?> topic, int partition) {
    return switch (source) {
      case "events" ->
          topic.firstSince(partition, submittedAt - 2 * SimulatedCounters.GRACE.toMillis());
      case "control" -> topic.end(partition);
      default -> 0;
    };
  }

  private SimulatedJob job() {
    return JOBS.computeIfAbsent(
        mode + "/" + maxParallelism + "/" + ids.kinds(),
        any ->
            SimulatedCounters.job(
                mode, maxParallelism, new SimulatedSinks(), Stores::list, ids.kinds()));
  }

  private void refresh() {
    refresh(ids.target(Target.Type.DOCUMENTS.get(simulation.draw(2)), 1 + simulation.draw(3)));
  }

  private void refresh(CounterTarget target) {
    simulation.note("refresh %s", target.text());
    send(
        "{\"job\":\"counters\",\"action\":\"refresh\",\"target\":\"%s\",\"target_id\":%s}"
            .formatted(target.type().label(), ProductIds.json(target.id())));
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
    CounterTarget target = post();
    CounterUpdate found = stores.counters(SimulatedSinks.POSTGRES).get(target);
    if (run == null
        || found == null
        || found.gone()
        || stores.progress(SimulatedSinks.POSTGRES) == 0) {
      return;
    }
    product.spoil(target, stores.settledAt());
    product.spoiled(target, correct(target, found, 1));
    correctedAt = simulation.now();
  }

  /**
   * A correction that a failure takes back is read again, and has its effect all the same. Another
   * one takes it back then, so that only this is at stake.
   */
  private void correctAndFail() throws Exception {
    if (run == null || ingestDownFor > 0 || ingest.isInSnapshot() || product.isSpoiled()) {
      return;
    }
    product.loseDelayed();
    rest(3 * SimulatedCounters.GRACE.toMillis());
    SimulatedCheckpoint before = run.completeCheckpoint();
    keep();
    CounterTarget target = post();
    CounterUpdate found = stores.counters(SimulatedSinks.POSTGRES).get(target);
    if (found == null || found.gone() || stores.progress(SimulatedSinks.POSTGRES) == 0) {
      return;
    }
    product.spoil(target, stores.settledAt());
    boolean isCorrected = correct(target, found, 1);
    product.spoiled(target, isCorrected);
    if (!isCorrected) {
      return;
    }
    run.die();
    start(before);
    rest(3 * SimulatedCounters.GRACE.toMillis());
    assertThat(isShown(target, found.counts().of(CounterKind.SHARES) + 1))
        .as("a correction of %s is there after a failure", target.text())
        .isTrue();
    CounterUpdate corrected = stores.counters(SimulatedSinks.POSTGRES).get(target);
    truth.event(target, CounterKind.SHARES, true, simulation.now(), true, stores.settledAt());
    product.unspoilAll();
    assertThat(correct(target, corrected, 0))
        .as("a correction of %s can be taken back", target.text())
        .isTrue();
    correctedAt = simulation.now();
    run.completeCheckpoint();
    keep();
    retained.subList(0, retained.size() - 1).clear(); // two of one target are not told apart
  }

  /**
   * Corrects the shares of a target to those of the tables and {@code more}; returns whether they
   * are.
   */
  private boolean correct(CounterTarget target, CounterUpdate found, long more) throws Exception {
    simulation.note("correct %s", target.text());
    Counts right =
        Counts.of(CountedView.CANONICAL, counter -> truth.count(target, counter.kind()))
            .plus(CounterKind.SHARES, more);
    send(
        "{\"job\":\"counters\",\"action\":\"correct\",\"target\":\"%s\",\"target_id\":%s,\"if_version\":%d,\"truth\":%s,\"found\":%s}"
            .formatted(
                target.type().label(),
                ProductIds.json(target.id()),
                found.version(),
                right.json(CountedView.CANONICAL),
                found.counts().json(CountedView.CANONICAL)));
    run.settle();
    simulation.clock().advance(400);
    run.settle();
    keep();
    return isShown(target, right.of(CounterKind.SHARES));
  }

  private boolean isShown(CounterTarget target, long shares) {
    boolean shown = true;
    for (String surface : stores.surfaces()) {
      CounterUpdate update = stores.counters(surface).get(target);
      shown &= update != null && update.counts().of(CounterKind.SHARES) == shares;
    }
    return shown;
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
      thaw(Integer.MAX_VALUE);
    }
    judgeMinutes();
    quiet();
    for (String surface : stores.surfaces()) {
      judge(surface);
    }
    judgeLists();
    if (longRests && !snapshotAgain) {
      judgeState();
    }
  }

  /** Nothing is listed whose row says that it may not be, or that has none. */
  private void judgeLists() {
    stores
        .rankings()
        .forEach(
            (list, ranking) ->
                assertThat(ranking.entries())
                    .as("entries of %s that may be listed", list.label())
                    .allMatch(
                        entry -> product.isListed(new CounterTarget(list.type(), entry.id()))));
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
   * Or nothing else happens, and the clock does.
   */
  private void judgeMinutes() throws Exception {
    catchUp();
    advance(90_000);
    catchUp();
    long now = simulation.now();
    if (simulation.oneIn(2)) {
      product.sendToAllPartitions();
    } else {
      bePatient();
    }
    quiet();
    if (minutesAreOfEvents) {
      windows.judge(stores.windows(), wholeFrom, now);
    }
    closeMinutes(now);
  }

  /** Nothing happens for as long as a job waits for what it might still have to read. */
  private void bePatient() throws Exception {
    simulation.note("silence");
    for (long left = 8 * SimulatedCounters.PATIENCE.toMillis(); left > 0; left -= 500) {
      advance(500);
      run.settle();
    }
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
      for (int i = 0; i < CounterKind.FIXED; i++) {
        CounterKind kind = CounterKind.of(i);
        if (CountedView.CANONICAL.get(i).counts(target.type())) {
          assertThat(gone ? 0 : shown.counts().of(kind))
              .as("%s of %s at %s after quiet", kind, target.text(), surface)
              .isEqualTo(truth.count(target, kind));
        }
      }
    }
  }
}
