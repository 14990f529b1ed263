package com.shareuptime.streams.option;

import java.io.Serializable;
import java.net.URI;
import org.apache.flink.configuration.ReadableConfig;

/** A Redis server and where its password lies. */
public record RedisAddress(URI url, SecretFile password) implements Serializable {
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
}
