package com.shareuptime.streams.sink.redis;

import com.shareuptime.streams.option.RedisAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** The fields of a hash, in the order asked for; null where there is none. */
  List<String> fields(String key, List<String> fields) {
    String[] arguments = new String[fields.size() + 1];
    arguments[0] = key;
    for (int i = 0; i < fields.size(); i++) {
      arguments[i + 1] = fields.get(i);
    }
    connection.sendCommand(Command.HMGET, arguments);
    List<String> values = new ArrayList<>(fields.size());
    for (Object value : (List<?>) connection.getOne()) {
      values.add(value == null ? null : text((byte[]) value));
    }
    return values;
  }

  /** All fields of a hash and their values. */
  Map<String, String> all(String key) {
    connection.sendCommand(Command.HGETALL, key);
    List<?> answer = (List<?>) connection.getOne();
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < answer.size(); i += 2) {
      all.put(text((byte[]) answer.get(i)), text((byte[]) answer.get(i + 1)));
    }
    return all;
  }

  /** One command at once, outside of a batch. */
  void run(Command command, String... arguments) {
    connection.sendCommand(command, arguments);
    connection.getOne();
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.US_ASCII);
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
