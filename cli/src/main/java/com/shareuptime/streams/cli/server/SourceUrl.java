package com.shareuptime.streams.cli.server;

import com.shareuptime.streams.contract.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The product's database, as the option --source names it. */
public final class SourceUrl {
  /** The variable that has the password, as for psql. */
  public static final String PASSWORD = "PGPASSWORD";

  private static final String JDBC = "jdbc:";
  private static final Pattern IN_QUERY = Pattern.compile("(^|&)password=");

  private SourceUrl() {}

  /**
   * @param password of the environment, taken if the URL has none; null for none
   */
  public static Database database(String url, String password) {
    URI uri = uri(url);
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

  /**
   * For what outlives the command: arguments stay in the shell's history, and whoever is on this
   * machine can read them.
   *
   * @throws CommandException if it has a password
   */
  public static void requireNoPassword(String url) {
    URI uri = uri(url);
    boolean isInLogin = uri.getUserInfo() != null && uri.getUserInfo().contains(":");
    boolean isInQuery = uri.getQuery() != null && IN_QUERY.matcher(uri.getQuery()).find();
    if (isInLogin || isInQuery) {
      throw CommandException.usage(
          "The URL of --source has a password, which others on this machine can read there.",
          "Leave it out, and give it in the environment: read -rs PGPASSWORD && export PGPASSWORD");
    }
  }

  private static URI uri(String url) {
    try {
      return new URI(url.startsWith(JDBC) ? url.substring(JDBC.length()) : url);
    } catch (URISyntaxException e) {
      throw refused("it is no URL: " + e.getReason());
    }
  }

  /** The URL itself may hold a password, so it is not repeated. */
  private static CommandException refused(String why) {
    return CommandException.usage(
        "--source cannot be used: " + why + ".",
        "Write --source postgresql://user:password@host:5432/database; characters such as @ in the password as %40.");
  }
}
