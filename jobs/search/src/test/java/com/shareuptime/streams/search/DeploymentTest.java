package com.shareuptime.streams.search;

import com.shareuptime.streams.testing.DeployedJob;
import org.junit.jupiter.api.Test;

/** The files that start the job name what the code has. No container is started. */
class DeploymentTest {
  private final DeployedJob job =
      new DeployedJob("search", SearchJob.class, SearchOptions.OPTIONS.all());

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
