package com.shareuptime.streams.cli.check;

import com.shareuptime.streams.cli.job.Database;
import com.shareuptime.streams.cli.job.Settings;
import com.shareuptime.streams.local.stack.StackException;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;

/** Connections to the servers that the settings name. */
public final class Servers {
  private static final int TIMEOUT_MILLIS = 5_000;

  private Servers() {}

  public static Admin kafka(Settings settings) {
    Properties properties = new Properties();
    settings
        .get(Settings.KAFKA_PROPERTIES_FILE)
        .ifPresent(file -> properties.putAll(propertiesOf(Path.of(file))));
    properties.put(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.demand(Settings.KAFKA_BOOTSTRAP));
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2 * TIMEOUT_MILLIS);
    return Admin.create(properties);
  }

  private static Properties propertiesOf(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return properties;
    } catch (IOException e) {
      throw StackException.usage(
          "Cannot read " + file + ", which " + Settings.KAFKA_PROPERTIES_FILE + " names.",
          "Give a Java properties file with the settings of a Kafka client.");
    }
  }

  static Jedis redis(Settings settings) {
    URI url = URI.create(settings.demand(Settings.REDIS_URL));
    String path = url.getPath() == null ? "" : url.getPath().replace("/", "");
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .database(path.isEmpty() ? 0 : Integer.parseInt(path))
            .timeoutMillis(TIMEOUT_MILLIS);
    if ("rediss".equals(url.getScheme())) {
      config.sslOptions(SslOptions.defaults());
    }
    settings
        .get(Settings.REDIS_PASSWORD_FILE)
        .ifPresent(
            file -> config.password(Database.secret(Settings.REDIS_PASSWORD_FILE, Path.of(file))));
    return new Jedis(new HostAndPort(url.getHost(), url.getPort()), config.build());
  }
}
