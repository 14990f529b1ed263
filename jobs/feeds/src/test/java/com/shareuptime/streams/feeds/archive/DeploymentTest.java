package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.testing.DeployedJob;
import com.shareuptime.streams.testing.DeploymentChecks;

class DeploymentTest implements DeploymentChecks {
  @Override
  public DeployedJob job() {
    return new DeployedJob(
        "feed-archive", "feeds", FeedArchiveJob.class, FeedArchiveOptions.OPTIONS.all());
  }
}
