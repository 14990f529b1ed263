package com.shareuptime.streams.search;

import com.shareuptime.streams.testing.DeployedJob;
import com.shareuptime.streams.testing.DeploymentChecks;

class DeploymentTest implements DeploymentChecks {
  @Override
  public DeployedJob job() {
    return new DeployedJob("search", SearchJob.class, SearchOptions.OPTIONS.all());
  }
}
