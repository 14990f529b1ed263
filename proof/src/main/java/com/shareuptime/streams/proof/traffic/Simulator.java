package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Carries a plan out: rows first, events after the commit. Lives through servers that go away and
 * come back. {@link #prepare} once, then {@link #run} once; {@link #stop} from any thread.
 */
public final class Simulator implements AutoCloseable {
  private static final int LANES = 4;
  private static final int SLOW_LANES = 2;
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Product product;
  private final TrafficOptions options;
  private final Planner planner;
  private final TrafficStats stats = new TrafficStats();
  private final EventSender sender;
  private final Announcements announcements;
  private final Accounts accounts;
  private final Visits visits;
  private final List<TrafficWorker> lanes = new ArrayList<>();
  private final List<TrafficWorker> slowLanes = new ArrayList<>();
  private final Rivals rivals;
  private final ExecutorService workers = Executors.newFixedThreadPool(LANES);
  private final ExecutorService slowWorkers = Executors.newFixedThreadPool(SLOW_LANES);
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<Future<?>> slowWork = new ArrayList<>();
  private final Semaphore turn = new Semaphore(1, true);
  private final List<Target> growing;
  private final List<Operation> opening;
  private int slowTransactions;
  private volatile boolean stopped;

  /** Takes ids out of the database's sequences; writes nothing yet. */
  public Simulator(Product product, TrafficOptions options, CommitListener listener) {
    this.product = product;
    this.options = options;
    FirstIds ids =
        ProductDatabase.ask(product.addresses(), handle -> FirstIds.reserve(handle, product.sql()));
    Texts texts = new Texts(options.seed(), ids);
    planner = new Planner(options, ids, product.sql());
    visits = new Visits(new UserPool(ids), ids);
    opening = planner.opening();
    growing = planner.growing();
    sender = new EventSender(product.addresses().kafkaBootstrap(), stats);
    announcements = new Announcements(sender, stats, product.ids());
    Backend backend = new Backend(product, texts, announcements, stats);
    accounts = new Accounts(backend);
    rivals = new Rivals(backend);
    for (int lane = 0; lane < LANES + SLOW_LANES; lane++) {
      (lane < LANES ? lanes : slowLanes)
          .add(new TrafficWorker(backend, Set.copyOf(growing), listener, options.seed() + lane));
    }
  }

  /**
   * Writes what is there before the traffic: rows only, as from the time before the pipeline. From
   * then on until {@link #close} users are seen to come back, whether there is traffic or not.
   */
  public void prepare() throws InterruptedException {
    execute(new Batch(opening));
    var unused =
        clock.scheduleWithFixedDelay(
            () -> visits.next().forEach(announcements::activity),
            0,
            Visits.TICK.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Runs until the bound is reached or {@link #stop} is called; all is committed and sent then. */
  public void run() throws InterruptedException {
    Pacer pacer = new Pacer(options.rate());
    long begin = System.nanoTime();
    long left = options.events() == 0 ? Long.MAX_VALUE : options.events();
    while (!stopped && left > 0) {
      int due = pacer.await();
      turn.acquire();
      try {
        Batch batch = Batch.of(planner, Math.min(left, due));
        execute(batch);
        left -= batch.interactions();
        stats.add(TrafficCount.INTERACTIONS, batch.interactions());
        stats.crossed(planner.crossings());
      } finally {
        turn.release();
      }
    }
    stats.generatedIn(Duration.ofNanos(System.nanoTime() - begin));
    settle();
  }

  private void settle() throws InterruptedException {
    for (Future<?> slow : slowWork) {
      join(slow);
    }
    slowWork.clear();
    if (!sender.drain(DRAIN) && !sender.drain(Duration.ofMinutes(5))) {
      throw new IllegalStateException(
          "Kafka does not acknowledge events; look at it, then start the traffic again.");
    }
  }

  /** Traffic that rests until this is closed. */
  public interface Rest extends AutoCloseable {
    @Override
    void close();
  }

  /** Lets {@link #run} rest; returns when all that it did is committed and sent. */
  public Rest rest() throws InterruptedException {
    turn.acquire();
    try {
      settle();
    } catch (InterruptedException | RuntimeException e) {
      turn.release();
      throw e;
    }
    return turn::release;
  }

  /**
   * One of the hosts that announce what has been done has a clock that is so much ahead, from now
   * on.
   */
  public void setClockOfOneHost(Duration error) {
    lanes.get(0).setClock(error);
  }

  public void stop() {
    stopped = true;
  }

  public TrafficStats stats() {
    return stats;
  }

  /** Targets that only ever gain rows; the first is the most popular. */
  public List<Target> growing() {
    return growing.stream().map(product.ids()::target).toList();
  }

  /** Targets that have been deleted for good; complete while {@link #run} rests or has returned. */
  public Set<Target> deleted() {
    return planner.deleted().stream()
        .map(product.ids()::target)
        .collect(Collectors.toUnmodifiableSet());
  }

  private void execute(Batch batch) throws InterruptedException {
    // what is referred to first, and how users appear while nobody writes anything else
    accounts.create(batch.only(Operation.SignUp.class), batch.only(Operation.Publish.class));
    accounts.change(batch.only(Operation.ChangeProfile.class));
    batch.only(Operation.Activity.class).forEach(announcements::activity);
    batch.only(Operation.SendBadEvent.class).forEach(announcements::bad);
    for (Operation.SlowTransaction slow : batch.only(Operation.SlowTransaction.class)) {
      TrafficWorker lane = slowLanes.get(slowTransactions++ % SLOW_LANES);
      slowWork.add(slowWorkers.submit(inLane(lane, () -> lane.commitSlowly(slow))));
    }
    for (Race race : batch.only(Race.class)) {
      slowWork.add(slowWorkers.submit(inLane(rivals, () -> rivals.run(race))));
    }
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      TrafficWorker lane = lanes.get(i);
      List<Operation> operations = batch.lane(i, LANES);
      work.add(inLane(lane, () -> lane.run(operations)));
    }
    for (Future<Void> done : workers.invokeAll(work)) {
      join(done);
    }
    for (Operation.DeleteUser delete : batch.only(Operation.DeleteUser.class)) {
      accounts.delete(delete);
    }
  }

  @FunctionalInterface
  private interface LaneWork {
    void run() throws InterruptedException;
  }

  /** Each does one thing at a time, whoever asks. */
  private static Callable<Void> inLane(Object lane, LaneWork work) {
    return () -> {
      synchronized (lane) {
        work.run();
      }
      return null;
    };
  }

  private static void join(Future<?> work) throws InterruptedException {
    try {
      work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatementRefusedException refused) {
        throw refused;
      }
      throw new IllegalStateException("The simulator stopped: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    workers.shutdownNow();
    slowWorkers.shutdownNow();
    sender.close();
    accounts.close();
    lanes.forEach(TrafficWorker::close);
    slowLanes.forEach(TrafficWorker::close);
    rivals.close();
  }
}
