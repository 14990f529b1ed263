package com.shareuptime.streams.cli.option;

import com.shareuptime.streams.cli.flink.FlinkClient;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.Installation;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** On which Flink cluster a command acts, and where the servers of its jobs are. */
public final class ClusterMixin {
  private final HomeServers local = new HomeServers();

  @Option(
      names = "--flink-url",
      paramLabel = "URL",
      description = "REST address of the Flink cluster. Default: that of the local stack.")
  private String flinkUrl;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Read addresses of the servers and options of the jobs from this file of"
              + " `key: value` lines.")
  private Path config;

  public Jobs jobs() {
    String url = flinkUrl == null ? local.flinkUrl() : flinkUrl;
    return new Jobs(new FlinkClient(url), Installation.find(), local.home(), flinkUrl == null);
  }

  /** Everything that the job gets, but for what the command line sets key by key. */
  public Settings settings(String job) {
    Settings settings = Settings.ofJob(Installation.find().flinkConf(), job);
    return settings.overriddenBy(addresses());
  }

  /** The operator's file over the addresses of the local stack, if that is what the jobs run on. */
  public Settings addresses() {
    Settings base = flinkUrl == null ? local.settings() : Settings.empty();
    return config == null ? base : base.overriddenBy(Settings.ofFile(config));
  }

  /** For what needs no cluster: the operator's file, or else the local stack. */
  public Settings servers() {
    return config == null ? local.settings() : Settings.ofFile(config);
  }
}
