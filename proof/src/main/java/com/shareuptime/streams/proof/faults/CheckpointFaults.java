package com.shareuptime.streams.proof.faults;

import com.shareuptime.streams.cli.flink.FlinkClient;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.proof.site.Site;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;

/** Checkpoints that are damaged or cannot be written. */
final class CheckpointFaults {
  private CheckpointFaults() {}

  static List<SuiteFault> all() {
    return List.of(
        SuiteFault.of("damaged-checkpoint", CheckpointFaults::damage),
        SuiteFault.of("disk-full", CheckpointFaults::fill));
  }

  private static String damage(Site site, SplittableRandom random) throws IOException {
    String job = Jobs.ALL.get(random.nextInt(Jobs.ALL.size()));
    FlinkClient flink = site.flink();
    String newest =
        flink
            .active(job)
            .flatMap(active -> flink.latestCheckpoint(active.id()))
            .orElseThrow(() -> new IOException("Job " + job + " has no checkpoint yet"));
    Path metadata = Path.of(newest.replaceFirst("^file:/+", "/"), "_metadata");
    long kept;
    try (FileChannel file = FileChannel.open(metadata, StandardOpenOption.WRITE)) {
      kept = file.size() / 2;
      file.truncate(kept);
    }
    EnumSet<Server> killed =
        switch (random.nextInt(3)) {
          case 0 -> EnumSet.of(Server.TASKMANAGER);
          case 1 -> EnumSet.of(Server.JOBMANAGER);
          default -> EnumSet.of(Server.TASKMANAGER, Server.JOBMANAGER);
        };
    killed.forEach(site.stack()::kill);
    site.stack().start(killed);
    return "%s cut to %d bytes, %s killed".formatted(job, kept, killed);
  }

  /** Half of the times a failure comes on top, so that what was there before must do. */
  private static String fill(Site site, SplittableRandom random)
      throws IOException, InterruptedException {
    if (!site.disk().isOfItsOwn()) {
      throw new IOException("A disk of its own cannot be mounted here");
    }
    int seconds = random.nextInt(15, 45);
    boolean killed = random.nextBoolean();
    site.disk().fill();
    try {
      Thread.sleep(seconds * 1_000L);
      if (killed) {
        site.stack().kill(Server.TASKMANAGER);
        site.stack().start(Server.TASKMANAGER);
        Thread.sleep(seconds * 500L);
      }
    } finally {
      site.disk().free();
    }
    return "%d s%s".formatted(seconds, killed ? ", then the taskmanager killed" : "");
  }
}
