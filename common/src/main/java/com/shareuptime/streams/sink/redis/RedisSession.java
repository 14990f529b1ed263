package com.shareuptime.streams.sink.redis;

import com.shareuptime.streams.option.RedisAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;

/** One connection to one process of Redis, with a script loaded. */
final class RedisSession {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int ANSWER_MILLIS = 10_000;
  private static final byte[] ONE_KEY = {'1'};

  private final Connection connection;
  private final String runId;
  private byte[] sha;

  private RedisSession(Connection connection, String runId, byte[] sha) {
    this.connection = connection;
    this.runId = runId;
    this.sha = sha;
  }

  @SuppressWarnings("resource") // the session owns the connection that the client opened
  static RedisSession open(RedisAddress address, String script) {
    Jedis jedis = client(address);
    try {
      return new RedisSession(
          jedis.getConnection(), runIdOf(jedis.info("server")), load(jedis, script));
    } catch (RuntimeException e) {
      jedis.close();
      throw e;
    }
  }

  /** A client that is connected at its first command. */
  static Jedis client(RedisAddress address) {
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

  private static String runIdOf(String info) {
    return info.lines()
        .filter(line -> line.startsWith("run_id:"))
        .map(line -> line.substring("run_id:".length()).strip())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("INFO server tells no run_id"));
  }

  private static byte[] load(Jedis jedis, String script) {
    return jedis.scriptLoad(script).getBytes(StandardCharsets.US_ASCII);
  }

  /** Changes with every start of the server's process. */
  String runId() {
    return runId;
  }

  void reload(String script) {
    connection.sendCommand(Command.SCRIPT, "LOAD", script);
    sha = (byte[]) connection.getOne();
  }

  /** Returns the text at {@code key}; if there is none, {@code fallback} is stored and returned. */
  String getOrSet(String key, String fallback) {
    connection.sendCommand(Command.SET, key, fallback, "NX");
    connection.sendCommand(Command.GET, key);
    return new String((byte[]) connection.getMany(2).get(1), StandardCharsets.US_ASCII);
  }

  /** Queues one call of the script. */
  void send(byte[][] keyAndArguments) {
    byte[][] command = new byte[keyAndArguments.length + 2][];
    command[0] = sha;
    command[1] = ONE_KEY;
    System.arraycopy(keyAndArguments, 0, command, 2, keyAndArguments.length);
    connection.sendCommand(Command.EVALSHA, command);
  }

  /** Queues a read of the text at {@code key}. */
  void sendGet(String key) {
    connection.sendCommand(Command.GET, key);
  }

  /** The answers of all that was queued, in order; an error is an element, not an exception. */
  List<Object> receive(int count) {
    return connection.getMany(count);
  }

  /** From any thread; a call that waits for an answer fails. */
  void close() {
    try {
      connection.forceDisconnect();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot close the socket to Redis", e);
    }
  }
}
