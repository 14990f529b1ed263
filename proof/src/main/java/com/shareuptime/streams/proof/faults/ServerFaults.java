package com.shareuptime.streams.proof.faults;

import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.proof.site.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Processes that die, hang, or are restarted. */
final class ServerFaults {
  private static final List<Server> ALL =
      List.of(
          Server.POSTGRES,
          Server.KAFKA,
          Server.REDIS,
          Server.OPENSEARCH,
          Server.TASKMANAGER,
          Server.JOBMANAGER);

  /** Longer than heartbeats, deliveries, sessions and requests wait: the work is done elsewhere. */
  private static final Duration FROZEN = Duration.ofSeconds(60);

  private ServerFaults() {}

  static List<SuiteFault> all() {
    List<SuiteFault> faults = new ArrayList<>();
    for (Server server : ALL) {
      faults.add(
          SuiteFault.of("kill-" + server.id(), (site, random) -> kill(site, server, random)));
      faults.add(
          SuiteFault.of("hang-" + server.id(), (site, random) -> hang(site, server, random)));
      faults.add(
          SuiteFault.of("restart-" + server.id(), (site, random) -> restart(site, server, random)));
    }
    faults.add(SuiteFault.of("freeze-taskmanager", (site, random) -> freeze(site)));
    faults.add(SuiteFault.of("cut-power", ServerFaults::cutPower));
    return faults;
  }

  private static String kill(Site site, Server server, SplittableRandom random)
      throws InterruptedException {
    site.stack().kill(server);
    Duration away = Duration.ofMillis(random.nextInt(500, 10_000));
    Thread.sleep(away.toMillis());
    site.stack().start(server);
    return "back after " + seconds(away);
  }

  private static String restart(Site site, Server server, SplittableRandom random)
      throws InterruptedException {
    site.stack().stop(server);
    Duration away = Duration.ofMillis(random.nextInt(0, 3_000));
    Thread.sleep(away.toMillis());
    site.stack().start(server);
    return "down for " + seconds(away);
  }

  /**
   * The other task manager takes over meanwhile; what the frozen one then still sends comes late.
   */
  private static String freeze(Site site) throws IOException, InterruptedException {
    Server busy = site.busiestTaskManager();
    long pid = site.stack().pid(busy).orElseThrow();
    signal("STOP", pid);
    try {
      Thread.sleep(FROZEN.toMillis());
    } finally {
      signal("CONT", pid);
    }
    return "%s for %s".formatted(busy.id(), seconds(FROZEN));
  }

  /** All processes of the machine end at once. */
  private static String cutPower(Site site, SplittableRandom random) throws InterruptedException {
    Set<Server> all = EnumSet.allOf(Server.class);
    all.parallelStream().forEach(site.stack()::kill);
    Duration away = Duration.ofMillis(random.nextInt(500, 5_000));
    Thread.sleep(away.toMillis());
    site.stack().start(all);
    return "all back after " + seconds(away);
  }

  /** From short to long after what the servers think of one another's silence. */
  private static String hang(Site site, Server server, SplittableRandom random)
      throws IOException, InterruptedException {
    long pid = site.stack().pid(server).orElseThrow();
    Duration time = Duration.ofMillis(random.nextInt(2_000, 25_000));
    signal("STOP", pid);
    try {
      Thread.sleep(time.toMillis());
    } finally {
      signal("CONT", pid);
    }
    return "for " + seconds(time);
  }

  /** To the process first, so that it makes no child meanwhile, then to its children. */
  private static void signal(String name, long pid) throws IOException, InterruptedException {
    send(name, Stream.of(pid));
    send(
        name, ProcessHandle.of(pid).stream().flatMap(p -> p.descendants().map(ProcessHandle::pid)));
  }

  private static void send(String name, Stream<Long> pids)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    pids.map(String::valueOf).forEach(command::add);
    if (command.size() > 2) {
      // a child that has ended meanwhile is none to be told
      int unused =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
    }
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1_000.0);
  }
}
