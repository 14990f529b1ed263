package com.shareuptime.streams.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.testing.DeployedJob;
import com.shareuptime.streams.testing.DeploymentChecks;
import com.shareuptime.streams.version.Durability;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DeploymentTest implements DeploymentChecks {
  @Override
  public DeployedJob job() {
    return new DeployedJob("feeds", FeedsJob.class, FeedOptions.OPTIONS.all());
  }

  @Test
  void flinkKeepsAsManyCheckpointsAsTakeawaysWaitFor() throws Exception {
    assertThat(Path.of("../../flink-conf/config.yaml"))
        .content()
        .contains("execution.checkpointing.num-retained: " + Durability.RETAINED);
  }
}
