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
      throws IOException, InterruptedException {
    Duration away = SuiteFault.millis(random, 500, 10_000);
    SuiteFault.during(away, () -> site.stack().kill(server), () -> site.stack().start(server));
    return "back after " + seconds(away);
  }

  private static String restart(Site site, Server server, SplittableRandom random)
      throws IOException, InterruptedException {
    Duration away = SuiteFault.millis(random, 0, 3_000);
    SuiteFault.during(away, () -> site.stack().stop(server), () -> site.stack().start(server));
    return "down for " + seconds(away);
  }

  /**
   * The other task manager takes over meanwhile; what the frozen one then still sends comes late.
   */
  private static String freeze(Site site) throws IOException, InterruptedException {
    Server busy = site.busiestTaskManager();
    stop(site, busy, FROZEN);
    return "%s for %s".formatted(busy.id(), seconds(FROZEN));
  }

  /** All processes of the machine end at once. */
  private static String cutPower(Site site, SplittableRandom random)
      throws IOException, InterruptedException {
    Set<Server> all = EnumSet.allOf(Server.class);
    Duration away = SuiteFault.millis(random, 500, 5_000);
    SuiteFault.during(
        away,
        () -> all.parallelStream().forEach(site.stack()::kill),
        () -> site.stack().start(all));
    return "all back after " + seconds(away);
  }

  /** From short to long after what the servers think of one another's silence. */
  private static String hang(Site site, Server server, SplittableRandom random)
      throws IOException, InterruptedException {
    Duration time = SuiteFault.millis(random, 2_000, 25_000);
    stop(site, server, time);
    return "for " + seconds(time);
  }

  private static void stop(Site site, Server server, Duration time)
      throws IOException, InterruptedException {
    long pid = site.stack().pid(server).orElseThrow();
    SuiteFault.during(time, () -> signal("STOP", pid), () -> signal("CONT", pid));
  }

  /** To the process first, so that it makes no child meanwhile, then to its children. */
  private static void signal(String name, long pid) throws IOException {
    send(name, Stream.of(pid));
    send(
        name, ProcessHandle.of(pid).stream().flatMap(p -> p.descendants().map(ProcessHandle::pid)));
  }

  private static void send(String name, Stream<Long> pids) throws IOException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    pids.map(String::valueOf).forEach(command::add);
    if (command.size() > 2) {
      // a child that has ended meanwhile is none to be told
      var unused =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join();
    }
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1_000.0);
  }
}
