package com.shareuptime.streams.cli.option;

import com.shareuptime.streams.cli.settings.Settings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the servers are that a command asks, and those of its jobs. */
public final class ServersMixin {
  private final HomeServers local = new HomeServers();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Read addresses of the servers, and options of the jobs, from this file of `key: value`",
        "lines. Default: those of the local stack."
      })
  private Path config;

  public boolean isLocal() {
    return config == null;
  }

  /** The operator's file, or else the local stack. */
  public Settings settings() {
    return isLocal() ? local.settings() : Settings.ofFile(config);
  }

  /** The operator's file over others; these alone without one. */
  Settings over(Settings others) {
    return isLocal() ? others : others.overriddenBy(Settings.ofFile(config));
  }

  HomeServers local() {
    return local;
  }
}
