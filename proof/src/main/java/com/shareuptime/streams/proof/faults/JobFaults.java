package com.shareuptime.streams.proof.faults;

import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.proof.site.Operator;
import com.shareuptime.streams.proof.site.Site;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Failures while a job is in a state that it is seldom in. */
final class JobFaults {
  private static final Set<Server> TASK_MANAGERS =
      EnumSet.of(Server.TASKMANAGER, Server.TASKMANAGER_2);

  /** Those that begin without state by reading their topics from the beginning. */
  private static final List<String> READERS = List.of("counters", "feeds", "search");

  private static final int MOST_PARALLEL = 4;

  private JobFaults() {}

  static List<SuiteFault> all() {
    return List.of(
        SuiteFault.of("die-in-bootstrap", JobFaults::killInBootstrap),
        SuiteFault.of("die-in-snapshot", JobFaults::killInSnapshot),
        SuiteFault.of("rescale-job", JobFaults::rescale));
  }

  private static String killInBootstrap(Site site, SplittableRandom random)
      throws IOException, InterruptedException {
    String job = READERS.get(random.nextInt(READERS.size()));
    site.operator().startAnew(job);
    return "%s begun anew, then %s".formatted(job, killTaskManagers(site, random));
  }

  /** The readers of the topics may be restarted in the middle of the new generation as well. */
  private static String killInSnapshot(Site site, SplittableRandom random)
      throws IOException, InterruptedException {
    site.operator().startAnew("ingest");
    return "tables read anew, then " + killTaskManagers(site, random);
  }

  private static String killTaskManagers(Site site, SplittableRandom random)
      throws InterruptedException {
    int kills = random.nextInt(1, 4);
    for (int kill = 0; kill < kills; kill++) {
      Thread.sleep(random.nextInt(200, 8_000));
      TASK_MANAGERS.forEach(site.stack()::kill);
      site.stack().start(TASK_MANAGERS);
    }
    return "the task managers killed %d times".formatted(kills);
  }

  /** And back, so that slots remain for whoever loses a task manager. */
  private static String rescale(Site site, SplittableRandom random)
      throws IOException, InterruptedException {
    String job = READERS.get(random.nextInt(READERS.size()));
    int wide = random.nextInt(2, MOST_PARALLEL + 1);
    Operator operator = site.operator();
    operator.upgrade(job, wide);
    Thread.sleep(random.nextInt(1_000, 15_000));
    operator.upgrade(job, 1);
    return "%s to %d and back".formatted(job, wide);
  }
}
