package com.shareuptime.streams.sink.redis;

import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.sink.BatchWriter;
import com.shareuptime.streams.sink.SupersededException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Writes values by commands and scripts, in one pipeline a batch. After a restart of Redis the
 * writes of the last seconds are sent again, as its log may have lost them. That Redis has lost
 * <em>everything</em> is seen by a token under the key {@code sink:{SURFACE}}: it is counted
 * ({@code redisDataLost}) and logged with the command that mends it.
 */
public final class RedisWriter<T> implements BatchWriter<T> {
  private static final Logger LOG = LoggerFactory.getLogger(RedisWriter.class);
  private static final long serialVersionUID = 1;

  /** Redis syncs its log every second, or every other one when the disk is slow. */
  private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(4);

  private static final int KEEP_VALUES = 500_000;
  private static final long IDLE_CHECK_MILLIS = 500;
  private static final int ENTRIES_WINDOW = 1_000;

  private final RedisAddress address;
  private final RedisWrite<T> writes;
  private final String surface;
  private final String refreshCommand;

  private transient MetricGroup metrics;
  private transient Histogram entries;
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
  public RedisWriter(
      RedisAddress address, RedisWrite<T> writes, String surface, String refreshCommand) {
    this.address = address;
    this.writes = writes;
    this.surface = surface;
    this.refreshCommand = refreshCommand;
  }

  @Override
  public void open(MetricGroup metrics) {
    this.metrics = metrics;
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
    session = RedisSession.open(address, writes.scripts());
    if (closed) {
      throw new IllegalStateException("closed while connecting");
    }
    if (runId != null && !runId.equals(session.runId())) {
      restarts.inc();
      LOG.warn("{}: Redis was restarted; the writes of the last seconds are sent again", surface);
      Thread.sleep(writes.pauseAfterRestartMillis());
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
    int[] ends = new int[batch.size()];
    List<Object> answers = exchange(batch, ends);
    if (answers.stream().anyMatch(answer -> isError(answer, "NOSCRIPT"))) {
      session.load();
      answers = exchange(batch, ends);
    }
    List<Rejection<T>> rejections = new ArrayList<>();
    int answer = 0;
    for (int i = 0; i < batch.size(); i++) {
      String refusal = null;
      for (; answer < ends[i]; answer++) {
        String refused = judge(answers.get(answer), session.ofScript(answer));
        refusal = refused != null ? refused : refusal;
      }
      if (refusal != null) {
        rejections.add(new Rejection<>(batch.get(i), refusal));
      }
    }
    checkToken((byte[]) answers.get(answer));
    return rejections;
  }

  /** Null, or why Redis will never take this. */
  private String judge(Object answer, boolean ofScript) {
    if (isError(answer, "WRONGTYPE")) {
      return ((JedisDataException) answer).getMessage();
    }
    if (isError(answer, "FENCED")) {
      throw new SupersededException("a later run writes " + surface, (JedisDataException) answer);
    }
    if (answer instanceof Exception e) {
      throw new IllegalStateException("Redis refuses writes of " + surface, e);
    }
    if (ofScript && answer instanceof Long wrote) {
      stale.inc(1 - wrote);
    } else if (ofScript && answer instanceof List<?> size) {
      noteEntries((Long) size.get(0));
    }
    return null;
  }

  /** Not every write has entries to tell of: the metric is there from the first that has. */
  private void noteEntries(long count) {
    if (entries == null) {
      entries = metrics.histogram("entries", new DescriptiveStatisticsHistogram(ENTRIES_WINDOW));
    }
    entries.update(count);
  }

  private List<Object> exchange(List<T> batch, int[] ends) {
    session.begin();
    for (int i = 0; i < ends.length; i++) {
      writes.write(batch.get(i), session);
      ends[i] = session.queued();
    }
    session.sendGet(tokenKey());
    return session.receive();
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
