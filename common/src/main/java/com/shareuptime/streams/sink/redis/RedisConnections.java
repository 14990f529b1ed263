package com.shareuptime.streams.sink.redis;

import com.shareuptime.streams.option.RedisAddress;
import java.net.URI;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** How a job connects to Redis. */
public final class RedisConnections {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int ANSWER_MILLIS = 10_000;

  private RedisConnections() {}

  /** A client that is connected at its first command; an answer may take ten seconds. */
  public static Jedis client(RedisAddress address) {
    URI url = address.url();
    var config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .connectionTimeoutMillis(CONNECT_MILLIS)
            .socketTimeoutMillis(ANSWER_MILLIS)
            .ssl("rediss".equals(url.getScheme()))
            .clientName("shareuptime-streams");
    address.password().read().ifPresent(config::password);
    String database = url.getPath() == null ? "" : url.getPath().replace("/", "");
    if (!database.isEmpty()) {
      config.database(Integer.parseInt(database));
    }
    return new Jedis(
        new HostAndPort(url.getHost(), url.getPort() < 0 ? 6379 : url.getPort()), config.build());
  }
}
