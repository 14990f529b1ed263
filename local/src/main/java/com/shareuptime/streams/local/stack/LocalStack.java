package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.FlatYaml;
import com.shareuptime.streams.contract.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Real servers on this machine, each a process of its own, all of one home folder. Servers outlive
 * the JVM that started them (but for {@link #shared}); the home is how they are found again.
 */
public final class LocalStack implements AutoCloseable {
  private static final Object SHARED_LOCK = new Object();
  private static LocalStack shared;

  private final StackHome home;
  private final Ports ports;
  private final Map<Server, ServerLifecycle> servers = new EnumMap<>(Server.class);

  private LocalStack(StackHome home, Ports ports, Map<String, String> flinkSettings) {
    this.home = home;
    this.ports = ports;
    ServerPrograms programs = new ServerPrograms(Installation.find());
    FlinkFiles flink = new FlinkFiles(home, ports, programs, flinkSettings);
    for (Driver driver :
        List.of(
            new PostgresDriver(home, ports),
            new KafkaDriver(home, ports, programs),
            new RedisDriver(home, ports),
            new OpenSearchDriver(home, ports, programs),
            new ZooKeeperDriver(home, ports, programs),
            new JobManagerDriver(ports, flink),
            TaskManagerDriver.first(home, ports, flink),
            TaskManagerDriver.second(home, ports, flink))) {
      servers.put(driver.server(), new ServerLifecycle(driver, home, ports));
    }
  }

  /**
   * The stack in {@code home}, whatever of it runs; ports that were not given to it before are
   * those of {@code otherwise}. Starts nothing.
   */
  public static LocalStack at(Path home, Ports otherwise) {
    return at(home, otherwise, Map.of());
  }

  /**
   * The same, with a Flink cluster that {@code flinkSettings} set up otherwise than as checked in.
   */
  public static LocalStack at(Path home, Ports otherwise, Map<String, String> flinkSettings) {
    StackHome stackHome = new StackHome(home);
    stackHome.create();
    Ports ports =
        Ports.load(stackHome.portsFile())
            .orElseGet(
                () -> {
                  otherwise.store(stackHome.portsFile());
                  return otherwise;
                });
    return new LocalStack(stackHome, ports, flinkSettings);
  }

  /**
   * The stack in {@code home} on the ports from {@code base} on. Without a base, and while any of
   * it runs, the ports are those that the home remembers. Starts nothing.
   */
  public static LocalStack at(Path home, OptionalInt base) {
    StackHome stackHome = new StackHome(home);
    stackHome.create();
    boolean runs =
        Arrays.stream(Server.values())
            .anyMatch(server -> ServerProcess.running(server, stackHome).isPresent());
    if (base.isPresent() && !runs) {
      Ports.fromBase(base.getAsInt()).store(stackHome.portsFile());
    }
    return at(home, Ports.fromBase(base.orElse(Ports.DEFAULT_BASE)));
  }

  /**
   * Starts {@code servers} in {@code home}, a new one on free ports, and waits until all are well.
   */
  public static LocalStack start(Path home, Set<Server> servers) {
    LocalStack stack = at(home, Ports.free());
    stack.start(servers);
    return stack;
  }

  /**
   * The one stack of this JVM, in a temporary folder on free ports; servers that do not run yet are
   * started. It ends with the JVM, also when that is killed.
   */
  public static LocalStack shared(Set<Server> servers) {
    synchronized (SHARED_LOCK) {
      if (shared == null) {
        try {
          Path home = Files.createTempDirectory("streams-stack-");
          Watchdog.guard(home);
          shared = at(home, Ports.free());
        } catch (IOException e) {
          throw new UncheckedIOException("Cannot prepare the shared stack", e);
        }
      }
      shared.start(servers);
      return shared;
    }
  }

  /** Starts those of {@code wanted} that do not run, all at once, and waits until they are well. */
  public void start(Set<Server> wanted) {
    start(wanted, (server, time) -> {});
  }

  /** The same, telling of each server that is well how long it took. */
  public synchronized void start(Set<Server> wanted, BiConsumer<Server, Duration> ready) {
    DiskSpace.require(home.root());
    try (HomeLock lock = HomeLock.take(home)) {
      tellAddresses();
      Startup.together(EnumSet.copyOf(wanted).stream().map(servers::get).toList(), ready);
    }
  }

  public void start(Server server) {
    start(EnumSet.of(server));
  }

  /** SIGKILL, as a crash would end it; {@link #start(Server)} brings it back with its data. */
  public void kill(Server server) {
    servers.get(server).kill();
  }

  /** Ends it in good order and keeps its data. */
  public void stop(Server server) {
    servers.get(server).stop();
  }

  public boolean isRunning(Server server) {
    return pid(server).isPresent();
  }

  public Optional<Instant> startedAt(Server server) {
    return servers.get(server).process().flatMap(ServerProcess::startedAt);
  }

  public Optional<Long> pid(Server server) {
    return servers.get(server).process().map(ServerProcess::pid);
  }

  /** Why the server is not well; empty if it answers on its own protocol. */
  public Optional<String> healthProblem(Server server) {
    return servers.get(server).healthProblem();
  }

  /** Ends all servers in good order and keeps their data. */
  @Override
  public void close() {
    Server[] all = Server.values();
    for (int i = all.length - 1; i >= 0; i--) {
      if (servers.containsKey(all[i])) {
        servers.get(all[i]).stop();
      }
    }
    home.forgetServers();
  }

  /** Ends all servers and removes their data, logs and secrets. */
  public void wipe() {
    servers.values().forEach(ServerLifecycle::kill);
    home.delete();
  }

  public StackHome home() {
    return home;
  }

  public Ports ports() {
    return ports;
  }

  public String address(Server server) {
    return servers.get(server).address();
  }

  /** Where the servers are, by the keys of a job's settings; the source may be elsewhere. */
  public Map<String, String> addresses() {
    String password = postgresPasswordFile().toString();
    Map<String, String> addresses = new HashMap<>();
    addresses.put(AddressKeys.SOURCE_URL, postgresJdbcUrl());
    addresses.put(AddressKeys.SOURCE_USER, postgresUser());
    addresses.put(AddressKeys.SOURCE_PASSWORD_FILE, password);
    addresses.put(AddressKeys.SINK_URL, postgresJdbcUrl());
    addresses.put(AddressKeys.SINK_USER, postgresUser());
    addresses.put(AddressKeys.SINK_PASSWORD_FILE, password);
    addresses.put(AddressKeys.KAFKA_BOOTSTRAP, kafkaBootstrap());
    addresses.put(AddressKeys.REDIS_URL, redisUrl());
    addresses.put(AddressKeys.OPENSEARCH_URL, openSearchUrl());
    addresses.putAll(home.source().addresses());
    return Map.copyOf(addresses);
  }

  /** For commands that are told of no servers. */
  private void tellAddresses() {
    Map<String, String> all = new TreeMap<>(addresses());
    all.put(AddressKeys.FLINK_URL, flinkUrl());
    home.writeServers(FlatYaml.write(all));
  }

  public String postgresJdbcUrl() {
    return "jdbc:" + postgresUrl();
  }

  /** Without user and password. */
  public String postgresUrl() {
    return "postgresql://127.0.0.1:" + ports.of(Port.POSTGRES) + "/" + PostgresDriver.DATABASE;
  }

  public String postgresUser() {
    return PostgresDriver.USER;
  }

  public Path postgresPasswordFile() {
    return home.postgresPasswordFile();
  }

  public String postgresPassword() {
    try {
      return Files.readString(postgresPasswordFile()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + postgresPasswordFile(), e);
    }
  }

  public String kafkaBootstrap() {
    return "127.0.0.1:" + ports.of(Port.KAFKA);
  }

  public String redisUrl() {
    return "redis://127.0.0.1:" + ports.of(Port.REDIS) + "/0";
  }

  public String openSearchUrl() {
    return "http://127.0.0.1:" + ports.of(Port.OPENSEARCH);
  }

  public String flinkUrl() {
    return "http://127.0.0.1:" + ports.of(Port.FLINK_REST);
  }

  public String consoleUrl() {
    return "http://127.0.0.1:" + ports.of(Port.CONSOLE);
  }
}
