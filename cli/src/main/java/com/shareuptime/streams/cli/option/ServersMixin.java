package com.shareuptime.streams.cli.option;

import com.shareuptime.streams.cli.settings.Settings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which Postgres, Kafka and Redis a command examines or prepares. */
public final class ServersMixin {
  private final HomeServers local = new HomeServers();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Read addresses of the servers from this file of `key: value` lines.",
        "Default: those of the local stack."
      })
  private Path config;

  public boolean isLocal() {
    return config == null;
  }

  public Settings settings() {
    return config == null ? local.settings() : Settings.ofFile(config);
  }
}
