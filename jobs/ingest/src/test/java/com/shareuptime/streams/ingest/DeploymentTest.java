package com.shareuptime.streams.ingest;

import com.shareuptime.streams.testing.DeployedJob;
import com.shareuptime.streams.testing.DeploymentChecks;

class DeploymentTest implements DeploymentChecks {
  @Override
  public DeployedJob job() {
    return new DeployedJob("ingest", IngestJob.class, IngestOptions.OPTIONS.all());
  }
}
