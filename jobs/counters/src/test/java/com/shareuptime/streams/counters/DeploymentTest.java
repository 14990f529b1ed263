package com.shareuptime.streams.counters;

import com.shareuptime.streams.testing.DeployedJob;
import com.shareuptime.streams.testing.DeploymentChecks;

class DeploymentTest implements DeploymentChecks {
  @Override
  public DeployedJob job() {
    return new DeployedJob("counters", CountersJob.class, CounterOptions.OPTIONS.all());
  }
}
