package com.shareuptime.streams.sink.redis;

import com.shareuptime.streams.option.RedisAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;

/** One connection to one process of Redis, with scripts loaded. */
final class RedisSession implements RedisWrite.Pipeline {
  private final Connection connection;
  private final String runId;
  private final List<String> scripts;
  private byte[][] shas;
  private final BitSet ofScripts = new BitSet();
  private int queued;

  private RedisSession(Connection connection, String runId, List<String> scripts) {
    this.connection = connection;
    this.runId = runId;
    this.scripts = scripts;
    load();
  }

  @SuppressWarnings("resource") // the session owns the connection that the client opened
  static RedisSession open(RedisAddress address, List<String> scripts) {
    Jedis jedis = RedisConnections.client(address);
    try {
      return new RedisSession(jedis.getConnection(), runIdOf(jedis.info("server")), scripts);
    } catch (RuntimeException e) {
      jedis.close();
      throw e;
    }
  }

  private static String runIdOf(String info) {
    return info.lines()
        .filter(line -> line.startsWith("run_id:"))
        .map(line -> line.substring("run_id:".length()).strip())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("INFO server tells no run_id"));
  }

  /** Changes with every start of the server's process. */
  String runId() {
    return runId;
  }

  /** Loads the scripts, which Redis has forgotten after a restart. */
  void load() {
    shas = new byte[scripts.size()][];
    for (int i = 0; i < shas.length; i++) {
      connection.sendCommand(Command.SCRIPT, "LOAD", scripts.get(i));
      shas[i] = (byte[]) connection.getOne();
    }
  }

  /** Returns the text at {@code key}; if there is none, {@code fallback} is stored and returned. */
  String getOrSet(String key, String fallback) {
    connection.sendCommand(Command.SET, key, fallback, "NX");
    connection.sendCommand(Command.GET, key);
    return new String((byte[]) connection.getMany(2).get(1), StandardCharsets.US_ASCII);
  }

  @Override
  public void command(ProtocolCommand command, byte[]... arguments) {
    connection.sendCommand(command, arguments);
    queued++;
  }

  @Override
  public void script(int script, int keys, byte[]... arguments) {
    byte[][] all = new byte[arguments.length + 2][];
    all[0] = shas[script];
    all[1] = Integer.toString(keys).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    ofScripts.set(queued);
    command(Command.EVALSHA, all);
  }

  /** How many commands wait for their answers. */
  int queued() {
    return queued;
  }

  /** Whether the answer at this place is a script's. */
  boolean ofScript(int answer) {
    return ofScripts.get(answer);
  }

  /** Queues a read of the text at {@code key}. */
  void sendGet(String key) {
    command(Command.GET, key.getBytes(StandardCharsets.UTF_8));
  }

  /** Forgets which answers are a script's, before a new batch. */
  void begin() {
    ofScripts.clear();
    queued = 0;
  }

  /** The answers of all that was queued, in order; an error is an element, not an exception. */
  List<Object> receive() {
    return connection.getMany(queued);
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
