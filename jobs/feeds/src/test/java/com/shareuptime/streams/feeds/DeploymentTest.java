package com.shareuptime.streams.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.testing.DeployedJob;
import com.shareuptime.streams.version.Durability;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The files that start the job name what the code has. No container is started. */
class DeploymentTest {
  private final DeployedJob job =
      new DeployedJob("feeds", FeedsJob.class, FeedOptions.OPTIONS.all());

  @Test
  void theJobTakesTheSettingsOfItsFile() {
    job.verifySettings();
  }

  @Test
  void theImageHoldsTheJarThatTheModuleBuilds() {
    job.verifyImage();
  }

  @Test
  void flinkKeepsAsManyCheckpointsAsTakeawaysWaitFor() throws Exception {
    assertThat(Path.of("../../flink-conf/config.yaml"))
        .content()
        .contains("execution.checkpointing.num-retained: " + Durability.RETAINED);
  }

  @Test
  void composeStartsTheJobWithOptionsThatItHas() throws Exception {
    job.verifyCompose();
  }

  @Test
  void kubernetesStartsTheJobWithOptionsThatItHas() throws Exception {
    job.verifyKubernetes();
  }
}
