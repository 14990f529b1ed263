package com.shareuptime.streams.option;

import java.io.Serializable;
import java.net.URI;
import org.apache.flink.configuration.ReadableConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** A Redis server and where its password lies. */
public record RedisAddress(URI url, SecretFile password) implements Serializable {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int ANSWER_MILLIS = 10_000;

  public RedisAddress {
    if (!("redis".equals(url.getScheme()) || "rediss".equals(url.getScheme()))
        || url.getHost() == null
        || url.getUserInfo() != null) {
      throw new OptionException(
          "option '%s' cannot be '%s://%s…': expected redis://host:port/database, and the password in the file that '%s' names"
              .formatted(
                  ConnectionOptions.REDIS_URL.key(),
                  url.getScheme(),
                  url.getHost(),
                  ConnectionOptions.REDIS_PASSWORD_FILE.key()));
    }
  }

  /** The server that the options name. */
  public static RedisAddress of(ReadableConfig options) {
    String text = options.get(ConnectionOptions.REDIS_URL);
    try {
      return new RedisAddress(
          URI.create(text), SecretFile.of(options, ConnectionOptions.REDIS_PASSWORD_FILE));
    } catch (IllegalArgumentException e) {
      if (e instanceof OptionException) {
        throw e;
      }
      throw new OptionException(
          "option '" + ConnectionOptions.REDIS_URL.key() + "' is not a URL: " + e.getMessage());
    }
  }

  /** A client that is connected at its first command; an answer may take ten seconds. */
  public Jedis client() {
    var config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .connectionTimeoutMillis(CONNECT_MILLIS)
            .socketTimeoutMillis(ANSWER_MILLIS)
            .ssl("rediss".equals(url.getScheme()))
            .clientName("shareuptime-streams");
    password.read().ifPresent(config::password);
    String database = url.getPath() == null ? "" : url.getPath().replace("/", "");
    if (!database.isEmpty()) {
      config.database(Integer.parseInt(database));
    }
    return new Jedis(
        new HostAndPort(url.getHost(), url.getPort() < 0 ? 6379 : url.getPort()), config.build());
  }
}
