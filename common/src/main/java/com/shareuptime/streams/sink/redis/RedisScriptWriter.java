package com.shareuptime.streams.sink.redis;

import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.sink.BatchWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Writes values by a compare-and-set script, in one pipeline a batch. After a restart of Redis the
 * writes of the last seconds are sent again, as its log may have lost them. That Redis has lost
 * <em>everything</em> is seen by a token under the key {@code sink:{SURFACE}}: it is counted
 * ({@code redisDataLost}) and logged with the command that mends it.
 */
public final class RedisScriptWriter<T> implements BatchWriter<T> {
  private static final Logger LOG = LoggerFactory.getLogger(RedisScriptWriter.class);
  private static final long serialVersionUID = 1;

  /** Redis syncs its log every second, or every other one when the disk is slow. */
  private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(4);

  private static final int KEEP_VALUES = 500_000;
  private static final long IDLE_CHECK_MILLIS = 500;

  private final RedisAddress address;
  private final RedisScript<T> script;
  private final String surface;
  private final String refreshCommand;

  private transient Counter stale;
  private transient Counter restarts;
  private transient Counter dataLost;
  private transient RecentWrites<T> recent;
  private transient String runId;
  private transient String token;
  private transient volatile RedisSession session;
  private transient volatile boolean closed;

  /**
   * @param surface what is written, as progress calls it
   * @param refreshCommand what an operator runs when Redis came back empty
   */
  public RedisScriptWriter(
      RedisAddress address, RedisScript<T> script, String surface, String refreshCommand) {
    this.address = address;
    this.script = script;
    this.surface = surface;
    this.refreshCommand = refreshCommand;
  }

  @Override
  public void open(MetricGroup metrics) {
    stale = metrics.counter("staleWrites");
    restarts = metrics.counter("redisRestarts");
    dataLost = metrics.counter("redisDataLost");
    recent = new RecentWrites<>(KEEP_NANOS, KEEP_VALUES, System::nanoTime);
  }

  @Override
  public long idleCheckMillis() {
    return IDLE_CHECK_MILLIS;
  }

  @Override
  public List<Rejection<T>> write(List<T> batch) throws Exception {
    try {
      connect();
      List<Rejection<T>> rejections = send(batch);
      recent.add(batch);
      return rejections;
    } catch (Exception e) {
      disconnect();
      throw e;
    }
  }

  private void connect() throws InterruptedException {
    if (session != null) {
      return;
    }
    session = RedisSession.open(address, script.source());
    if (closed) {
      throw new IllegalStateException("closed while connecting");
    }
    if (runId != null && !runId.equals(session.runId())) {
      restarts.inc();
      LOG.warn("{}: Redis was restarted; the writes of the last seconds are sent again", surface);
      Thread.sleep(script.pauseAfterRestartMillis());
      for (List<T> batch : recent.all()) {
        send(batch);
      }
    }
    runId = session.runId();
  }

  private List<Rejection<T>> send(List<T> batch) {
    if (token == null) {
      token = session.getOrSet(tokenKey(), UUID.randomUUID().toString());
    }
    List<Object> answers = exchange(batch);
    if (answers.stream().anyMatch(answer -> isError(answer, "NOSCRIPT"))) {
      session.reload(script.source());
      answers = exchange(batch);
    }
    List<Rejection<T>> rejections = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Object answer = answers.get(i);
      if (answer instanceof Long wrote) {
        stale.inc(1 - wrote);
      } else if (isError(answer, "WRONGTYPE")) {
        rejections.add(new Rejection<>(batch.get(i), ((JedisDataException) answer).getMessage()));
      } else {
        throw new IllegalStateException("Redis refuses writes of " + surface, (Exception) answer);
      }
    }
    checkToken((byte[]) answers.get(batch.size()));
    return rejections;
  }

  private List<Object> exchange(List<T> batch) {
    for (T value : batch) {
      session.send(script.call(value));
    }
    session.sendGet(tokenKey());
    return session.receive(batch.size() + 1);
  }

  private void checkToken(byte[] found) {
    if (found == null || !token.equals(new String(found, StandardCharsets.US_ASCII))) {
      dataLost.inc();
      LOG.error(
          "{}: Redis has lost its data (key {} is gone). What changes from now on is written; for all the rest run: {}",
          surface,
          tokenKey(),
          refreshCommand);
      token = null;
    }
  }

  private String tokenKey() {
    return "sink:{" + surface + "}";
  }

  private static boolean isError(Object answer, String code) {
    return answer instanceof JedisDataException e
        && e.getMessage() != null
        && e.getMessage().contains(code);
  }

  private void disconnect() {
    RedisSession open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    disconnect();
  }
}
