package com.shareuptime.streams.embed;

import com.shareuptime.streams.testing.DeployedJob;
import com.shareuptime.streams.testing.DeploymentChecks;

class DeploymentTest implements DeploymentChecks {
  @Override
  public DeployedJob job() {
    return new DeployedJob("embed", EmbedJob.class, EmbedOptions.OPTIONS.all());
  }
}
