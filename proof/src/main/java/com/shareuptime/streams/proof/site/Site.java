package com.shareuptime.streams.proof.site;

import com.shareuptime.streams.cli.flink.FlinkClient;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Port;
import com.shareuptime.streams.local.stack.Ports;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.local.stack.TcpProxy;
import com.shareuptime.streams.proof.check.Audit;
import com.shareuptime.streams.proof.check.GrowthLedger;
import com.shareuptime.streams.proof.check.Watch;
import com.shareuptime.streams.proof.demo.DemoFeeds;
import com.shareuptime.streams.proof.stack.Bringup;
import com.shareuptime.streams.proof.thread.Daemon;
import com.shareuptime.streams.proof.thread.Ends;
import com.shareuptime.streams.proof.traffic.Fault;
import com.shareuptime.streams.proof.traffic.Product;
import com.shareuptime.streams.proof.traffic.Simulator;
import com.shareuptime.streams.proof.traffic.TrafficOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where faults happen: a stack of its own with all jobs, which reach Postgres, Redis and OpenSearch
 * through proxies, and traffic on it. It ends, and its data goes, with {@link #close} or the JVM.
 */
public final class Site implements AutoCloseable {
  /**
   * What goes wrong between tables and events all along. Not: what is only right again after the
   * grace, as it would hide how long a fault takes.
   */
  private static final Set<Fault> TRAFFIC_FAULTS =
      EnumSet.complementOf(EnumSet.of(Fault.PHANTOMS, Fault.LATE));

  private static final double ZIPF = 1.0;
  private static final double HOT_SHARE = 0.1;
  private static final Duration FIRST_PROGRESS = Duration.ofMinutes(4);

  /** Counts of a document follow so much later at most; a minute would hide what a fault costs. */
  private static final Map<String, String> SEARCH =
      Map.of("counters.min-interval", "2 s", "counters.max-staleness", "5 s");

  private final LocalStack stack;
  private final CheckpointDisk disk;
  private final Ends ends = new Ends();
  private final Map<Server, TcpProxy> proxies = new HashMap<>();
  private final GrowthLedger ledger = Watch.ledger();
  private final AtomicReference<Throwable> trafficEnd = new AtomicReference<>();
  private final Thread hook = new Thread(ends::close, "faults-end");
  private Addresses addresses;
  private Product product;
  private DemoFeeds feeds;
  private Simulator simulator;
  private Audit audit;
  private Watch watch;

  private Site(LocalStack stack, CheckpointDisk disk) {
    this.stack = stack;
    this.disk = disk;
    ends.add(this::endStack);
  }

  /** Returns when every surface serves what was there before the jobs started, and traffic runs. */
  public static Site open(long seed, int rate) throws IOException, InterruptedException {
    LocalStack stack =
        LocalStack.at(Files.createTempDirectory("streams-faults-"), Ports.free(), Map.of());
    Site site = new Site(stack, CheckpointDisk.below(stack.home()));
    Runtime.getRuntime().addShutdownHook(site.hook);
    try {
      site.begin(seed, rate);
      return site;
    } catch (IOException | InterruptedException | RuntimeException e) {
      site.close();
      throw e;
    }
  }

  private void begin(long seed, int rate) throws IOException, InterruptedException {
    for (Map.Entry<Server, Port> one :
        Map.of(
                Server.POSTGRES, Port.POSTGRES,
                Server.REDIS, Port.REDIS,
                Server.OPENSEARCH, Port.OPENSEARCH)
            .entrySet()) {
      proxies.put(one.getKey(), ends.add(TcpProxy.to(stack.ports().of(one.getValue()))));
    }
    Map<String, Settings> settings =
        Jobs.ALL.stream().collect(Collectors.toMap(job -> job, this::settings));
    Bringup bringup = new Bringup(stack, line -> {}, settings);
    bringup.withoutJobs(EnumSet.allOf(Server.class)); // with both task managers
    addresses = Addresses.of(stack);
    product = Product.canonical(addresses);
    feeds = ends.add(new DemoFeeds(addresses));
    audit = new Audit(product, feeds);
    TrafficOptions options = new TrafficOptions(rate, 0, seed, ZIPF, HOT_SHARE, TRAFFIC_FAULTS);
    simulator = ends.add(new Simulator(product, options, ledger));
    ends.add(this::endWatch);
    simulator.prepare();
    bringup.jobs();
    if (!audit.awaitPassed(audit.commit(), FIRST_PROGRESS)) {
      throw new IllegalStateException(
          "The surfaces do not serve what was there before the jobs started; see "
              + stack.home().root());
    }
    Daemon.start("faults-traffic", this::runTraffic);
  }

  private void runTraffic() {
    try {
      simulator.run();
    } catch (InterruptedException | RuntimeException e) {
      trafficEnd.set(e);
    }
  }

  /** What a job is submitted with beside the addresses of the stack. */
  private Settings settings(String job) {
    Map<String, String> own = new HashMap<>();
    String postgres = through(Server.POSTGRES, Port.POSTGRES, stack.postgresJdbcUrl());
    own.put(AddressKeys.SOURCE_URL, postgres);
    own.put(AddressKeys.SINK_URL, postgres);
    own.put(AddressKeys.REDIS_URL, through(Server.REDIS, Port.REDIS, stack.redisUrl()));
    own.put(
        AddressKeys.OPENSEARCH_URL,
        through(Server.OPENSEARCH, Port.OPENSEARCH, stack.openSearchUrl()));
    if (job.equals("search")) {
      own.putAll(SEARCH);
    }
    return new Settings(own).overriddenBy(DemoFeeds.settings().getOrDefault(job, Settings.empty()));
  }

  private String through(Server server, Port port, String url) {
    return url.replace(":" + stack.ports().of(port), ":" + proxies.get(server).port());
  }

  /** The same as a file, for whoever submits the job anew. */
  private Path configuration(String job) {
    Path file = stack.home().conf("faults-" + job + ".yaml");
    try {
      Files.write(
          file,
          settings(job).values().entrySet().stream()
              .map(pair -> pair.getKey() + ": \"" + pair.getValue() + "\"")
              .toList());
      return file;
    } catch (IOException e) {
      throw new IllegalStateException("Cannot write " + file, e);
    }
  }

  public Operator operator() {
    return new Operator(stack.home(), this::configuration);
  }

  public LocalStack stack() {
    return stack;
  }

  public FlinkClient flink() {
    return new FlinkClient(stack.flinkUrl());
  }

  /** The one of the two that does more of the jobs' work. */
  public Server busiestTaskManager() {
    Map<String, Integer> taken = flink().takenSlots();
    return Stream.of(Server.TASKMANAGER, Server.TASKMANAGER_2)
        .max(Comparator.comparing(server -> taken.getOrDefault(server.resourceId(), 0)))
        .orElseThrow();
  }

  /** Past the proxies, for readers, traffic and whoever does harm. */
  public Addresses addresses() {
    return addresses;
  }

  public TcpProxy proxy(Server server) {
    return proxies.get(server);
  }

  public CheckpointDisk disk() {
    return disk;
  }

  public Simulator simulator() {
    return simulator;
  }

  public Audit audit() {
    return audit;
  }

  /** The readers, who note what they must not see. */
  public Watch watch() {
    return watch;
  }

  /** From now on by other readers, who know nothing of before; when all is right and rests. */
  public void watchAnew() throws InterruptedException {
    endWatch();
    watch = Watch.start(product, feeds, ledger, simulator.growing());
  }

  /**
   * Lets the traffic rest until every surface is right, and has readers begin anew.
   *
   * @throws IllegalStateException if something is still wrong after so long
   */
  public void requireRight(Duration patience) throws InterruptedException {
    try (Simulator.Rest rest = simulator.rest()) {
      SiteVerdict verdict = SiteVerdict.await(this, patience);
      if (!verdict.isRight()) {
        throw new IllegalStateException("It is not right: " + verdict.surfaces());
      }
      watchAnew();
    }
  }

  /** Fails if the traffic has ended by itself. */
  public void requireTraffic() {
    Throwable reason = trafficEnd.get();
    if (reason != null) {
      throw new IllegalStateException("The traffic has ended: " + reason, reason);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    ends.close();
  }

  private void endWatch() {
    if (watch != null) {
      watch.close();
    }
  }

  private void endStack() {
    for (Server server : Server.values()) {
      stack.kill(server);
    }
    disk.close();
    stack.wipe();
  }
}
