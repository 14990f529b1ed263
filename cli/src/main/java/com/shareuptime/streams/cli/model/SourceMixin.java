package com.shareuptime.streams.cli.model;

import com.shareuptime.streams.cli.option.ServersMixin;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The product's database that a model is for. */
final class SourceMixin {
  private static final String JDBC = "jdbc:";

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
    return url == null ? Database.source(servers.settings()) : of(url, System.getenv("PGPASSWORD"));
  }

  static Database of(String url, String password) {
    URI uri;
    try {
      uri = new URI(url.startsWith(JDBC) ? url.substring(JDBC.length()) : url);
    } catch (URISyntaxException e) {
      throw refused("it is no URL: " + e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("postgresql") && !scheme.equals("postgres")) {
      throw refused("it does not begin with postgresql://");
    }
    if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw refused("it lacks the host or the database");
    }
    if (uri.getUserInfo() == null) {
      throw refused("it lacks the user");
    }
    String[] login = uri.getUserInfo().split(":", 2);
    String given = login.length == 2 ? login[1] : password == null ? "" : password;
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    return new Database(
        "jdbc:postgresql://%s:%d%s%s".formatted(uri.getHost(), port, uri.getRawPath(), query),
        login[0],
        given);
  }

  /** The URL itself may hold a password, so it is not repeated. */
  private static CommandException refused(String why) {
    return CommandException.usage(
        "--source cannot be used: " + why + ".",
        "Write --source postgresql://user:password@host:5432/database; characters such as @ in the password as %40.");
  }
}
