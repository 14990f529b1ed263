package com.shareuptime.streams.sink.redis;

import com.shareuptime.streams.option.RedisAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Walks over the keys of a read model, for a job that takes them over. */
public final class RedisKeys implements AutoCloseable {
  private static final int PAGE = 1_000;

  /** Told of each hash. */
  public interface Visitor {
    /**
     * @param field the value of the field asked for, null if there is none
     * @return whether to delete the key
     */
    boolean visit(String key, String field);
  }

  private final Jedis jedis;

  private RedisKeys(Jedis jedis) {
    this.jedis = jedis;
  }

  /** Connects. */
  public static RedisKeys open(RedisAddress address) {
    return new RedisKeys(RedisConnections.client(address));
  }

  /** Visits every hash that matches; some perhaps twice. Returns how many were deleted. */
  public int scan(String pattern, String field, Visitor visitor) {
    int[] deleted = {0};
    pages(pattern, "hash", keys -> deleted[0] += visit(keys, field, visitor));
    return deleted[0];
  }

  /** Tells the name of every sorted set that matches; some perhaps twice. */
  public void sortedSets(String pattern, Consumer<String> name) {
    pages(pattern, "zset", keys -> keys.forEach(name));
  }

  /**
   * Calls a script for every key that matches; for some perhaps twice.
   *
   * @param keys of the script: the key, and what belongs to it
   * @return how many were found
   */
  public int call(String pattern, String type, String script, Function<String, List<String>> keys) {
    String sha = jedis.scriptLoad(script);
    int[] found = {0};
    pages(
        pattern,
        type,
        page -> {
          Pipeline pipeline = jedis.pipelined();
          page.forEach(key -> pipeline.evalsha(sha, keys.apply(key), List.of()));
          pipeline.sync();
          found[0] += page.size();
        });
    return found[0];
  }

  private void pages(String pattern, String type, Consumer<List<String>> page) {
    ScanParams params = new ScanParams().match(pattern).count(PAGE);
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      ScanResult<String> found = jedis.scan(cursor, params, type);
      page.accept(found.getResult());
      cursor = found.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
  }

  private int visit(List<String> keys, String field, Visitor visitor) {
    List<Response<String>> values = new ArrayList<>(keys.size());
    Pipeline pipeline = jedis.pipelined();
    keys.forEach(key -> values.add(pipeline.hget(key, field)));
    pipeline.sync();
    int deleted = 0;
    for (int i = 0; i < keys.size(); i++) {
      if (visitor.visit(keys.get(i), values.get(i).get())) {
        jedis.del(keys.get(i));
        deleted++;
      }
    }
    return deleted;
  }

  @Override
  public void close() {
    jedis.close();
  }
}
