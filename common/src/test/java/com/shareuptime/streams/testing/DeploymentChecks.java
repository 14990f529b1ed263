package com.shareuptime.streams.testing;

import org.junit.jupiter.api.Test;

/** The files that start a streaming job name what the code has. No container is started. */
public interface DeploymentChecks {
  /** The job that they are about. */
  DeployedJob job();

  @Test
  default void theJobTakesTheSettingsOfItsFile() {
    job().verifySettings();
  }

  @Test
  default void theImageHoldsTheJarThatTheModuleBuilds() {
    job().verifyImage();
  }

  @Test
  default void composeStartsTheJobWithOptionsThatItHas() throws Exception {
    job().verifyCompose();
  }

  @Test
  default void kubernetesStartsTheJobWithOptionsThatItHas() throws Exception {
    job().verifyKubernetes();
  }
}
