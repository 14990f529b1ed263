package com.shareuptime.streams.proof.faults;

import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.local.stack.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A slow or broken network between the jobs and a store. Not to Kafka, whose clients go on to the
 * address that the broker itself tells them.
 */
final class NetworkFaults {
  private static final List<Server> ALL = List.of(Server.POSTGRES, Server.REDIS, Server.OPENSEARCH);

  private NetworkFaults() {}

  static List<SuiteFault> all() {
    List<SuiteFault> faults = new ArrayList<>();
    for (Server server : ALL) {
      String id = server.id();
      faults.add(
          SuiteFault.of("slow-net-" + id, (site, random) -> slow(site.proxy(server), random)));
      faults.add(
          SuiteFault.of("resets-" + id, (site, random) -> reset(site.proxy(server), random)));
      faults.add(
          SuiteFault.of("half-open-" + id, (site, random) -> swallow(site.proxy(server), random)));
    }
    return faults;
  }

  private static String slow(TcpProxy proxy, SplittableRandom random)
      throws IOException, InterruptedException {
    Duration delay = SuiteFault.millis(random, 100, 800);
    Duration time = SuiteFault.seconds(random, 10, 30);
    SuiteFault.during(time, () -> proxy.delay(delay), () -> proxy.delay(Duration.ZERO));
    return "%d ms each way for %d s".formatted(delay.toMillis(), time.toSeconds());
  }

  private static String reset(TcpProxy proxy, SplittableRandom random) throws InterruptedException {
    int times = random.nextInt(3, 15);
    int everyMillis = random.nextInt(200, 2_000);
    for (int i = 0; i < times; i++) {
      proxy.resetAll();
      Thread.sleep(everyMillis);
    }
    return "%d times, every %d ms".formatted(times, everyMillis);
  }

  private static String swallow(TcpProxy proxy, SplittableRandom random)
      throws IOException, InterruptedException {
    Duration time = SuiteFault.seconds(random, 5, 40);
    SuiteFault.during(time, () -> proxy.swallow(true), () -> proxy.swallow(false));
    return "for " + time.toSeconds() + " s; connections of that time stay dead";
  }
}
