package com.shareuptime.streams.cli.option;

import com.shareuptime.streams.cli.flink.FlinkClient;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.Installation;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** On which Flink cluster a command acts, and where the servers of its jobs are. */
public final class ClusterMixin {
  @Option(
      names = "--flink-url",
      paramLabel = "URL",
      description = "REST address of the Flink cluster. Default: that of the local stack.")
  private String flinkUrl;

  @Mixin private ServersMixin servers;

  public Jobs jobs() {
    HomeServers local = servers.local();
    String url = flinkUrl == null ? local.flinkUrl() : flinkUrl;
    return new Jobs(new FlinkClient(url), Installation.find(), local.home(), flinkUrl == null);
  }

  /** Everything that the job gets, but for what the command line sets key by key. */
  public Settings settings(String job) {
    Settings ofJob = Settings.ofJob(Installation.find().flinkConf(), job);
    return servers.over(flinkUrl == null ? ofJob.overriddenBy(servers.local().settings()) : ofJob);
  }

  /** For what needs no cluster. */
  public Settings servers() {
    return servers.settings();
  }
}
