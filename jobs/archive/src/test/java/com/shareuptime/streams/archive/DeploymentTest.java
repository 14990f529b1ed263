package com.shareuptime.streams.archive;

import com.shareuptime.streams.option.ConnectionOptions;
import com.shareuptime.streams.testing.DeployedJob;
import com.shareuptime.streams.testing.DeploymentChecks;

class DeploymentTest implements DeploymentChecks {
  @Override
  public DeployedJob job() {
    return new DeployedJob(ArchiveJob.NAME, ArchiveJob.class, ConnectionOptions.all());
  }
}
