package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.testing.DeployedJob;
import org.junit.jupiter.api.Test;

/** The files that start the job name what the code has. No container is started. */
class DeploymentTest {
  private final DeployedJob job =
      new DeployedJob(
          "feed-archive", "feeds", FeedArchiveJob.class, FeedArchiveOptions.OPTIONS.all());

  @Test
  void theJobTakesTheSettingsOfItsFile() {
    job.verifySettings();
  }

  @Test
  void theImageHoldsTheJarThatTheModuleBuilds() {
    job.verifyImage();
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
