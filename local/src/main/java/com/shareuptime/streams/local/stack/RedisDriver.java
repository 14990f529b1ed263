package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import redis.clients.jedis.Jedis;

/** Redis with its append-only file synced each second, and nothing ever evicted. */
final class RedisDriver implements Driver {
  private static final int TIMEOUT_MILLIS = 3_000;

  private final StackHome home;
  private final int port;

  RedisDriver(StackHome home, Ports ports) {
    this.home = home;
    this.port = ports.of(Port.REDIS);
  }

  @Override
  public Server server() {
    return Server.REDIS;
  }

  @Override
  public List<Port> ports() {
    return List.of(Port.REDIS);
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(home.data(Server.REDIS));
    Files.writeString(
        home.conf("redis.conf"),
        """
        bind 127.0.0.1
        port %d
        dir "%s"
        daemonize no
        save ""
        appendonly yes
        appendfsync everysec
        auto-aof-rewrite-min-size 512mb
        maxmemory-policy noeviction
        """
            .formatted(port, home.data(Server.REDIS)));
  }

  @Override
  public List<String> command() throws IOException {
    return List.of(binary(), home.conf("redis.conf").toString());
  }

  /** The packaged binary where it runs, otherwise the machine's own. */
  private static String binary() throws IOException {
    Path packaged = Binaries.redis();
    Tool own = Tool.run(List.of(packaged.toString(), "--version"));
    if (own.exitCode() == 0) {
      return packaged.toString();
    }
    if (onPath()) {
      return "redis-server";
    }
    throw CommandException.wrong(
        "The packaged Redis does not run on this machine: " + own.output(),
        "It needs OpenSSL 3 (libssl.so.3): install it, e.g. `apt-get install libssl3`, or install any"
            + " Redis 6.2 or newer so that `redis-server` is on the PATH.");
  }

  private static boolean onPath() {
    try {
      return Tool.run(List.of("redis-server", "--version")).exitCode() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void check() throws IOException {
    try (Jedis jedis = new Jedis("127.0.0.1", port, TIMEOUT_MILLIS)) {
      String answer = jedis.ping();
      if (!answer.equals("PONG")) {
        throw new IOException("PING was answered with " + answer);
      }
    }
  }

  @Override
  public String address() {
    return "redis://127.0.0.1:" + port + "/0";
  }
}
