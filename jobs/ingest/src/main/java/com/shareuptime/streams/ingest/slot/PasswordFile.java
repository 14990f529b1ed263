package com.shareuptime.streams.ingest.slot;

import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.SecretFile;
import java.util.Map;
import java.util.Properties;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;

/**
 * Lets the driver read the password from its file at every login. The connector logs its whole
 * configuration and ships it in the job graph: so only the path is part of it.
 */
public final class PasswordFile implements AuthenticationPlugin {
  private static final String PATH = "passwordFile";
  private static final String OPTION = "passwordFileOption";

  private final SecretFile secret;

  /** For the driver, which hands over the properties of the connection. */
  public PasswordFile(Properties connection) {
    this.secret = new SecretFile(connection.getProperty(OPTION), connection.getProperty(PATH));
  }

  /** Properties that make the driver ask this class for the password of {@code database}. */
  static Map<String, String> of(PostgresAddress database) {
    return database.password().path() == null
        ? Map.of()
        : Map.of(
            "authenticationPluginClassName",
            PasswordFile.class.getName(),
            PATH,
            database.password().path(),
            OPTION,
            database.password().option());
  }

  @Override
  public char[] getPassword(AuthenticationRequestType type) {
    return secret.read().map(String::toCharArray).orElse(null);
  }
}
