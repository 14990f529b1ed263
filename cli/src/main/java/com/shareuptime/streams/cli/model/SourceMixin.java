package com.shareuptime.streams.cli.model;

import com.shareuptime.streams.cli.option.ServersMixin;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.SourceUrl;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The product's database that a model is for. */
final class SourceMixin {
  @Mixin private ServersMixin servers;

  @Option(
      names = "--source",
      paramLabel = "URL",
      description = {
        "The product's database, as postgresql://user:password@host:port/database.",
        "PGPASSWORD is taken if it has no password. Default: that of --config, or of the local stack."
      })
  private String url;

  Database database() {
    return url == null
        ? Database.source(servers.settings())
        : SourceUrl.database(url, System.getenv(SourceUrl.PASSWORD));
  }
}
