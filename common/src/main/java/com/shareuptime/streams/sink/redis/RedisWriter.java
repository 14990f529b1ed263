package com.shareuptime.streams.sink.redis;

import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.sink.BatchWriter;
import com.shareuptime.streams.sink.Confirmations;
import com.shareuptime.streams.sink.LostWrites;
import com.shareuptime.streams.sink.StoreMark;
import com.shareuptime.streams.sink.SupersededException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Writes values by commands and scripts, in one pipeline a batch. That Redis went back in time is
 * seen by the number of the writer's batches, which Redis holds as well ({@link RedisNumbers}):
 * what its log lost of the last seconds is sent again; a greater loss is counted ({@code
 * redisDataLost}), logged, and made good by what the surface has for that.
 */
public final class RedisWriter<T> implements BatchWriter<T> {
  private static final Logger LOG = LoggerFactory.getLogger(RedisWriter.class);
  private static final long serialVersionUID = 1;

  private static final long IDLE_CHECK_MILLIS = 500;
  private static final int ENTRIES_WINDOW = 1_000;

  private final RedisAddress address;
  private final RedisWrite<T> writes;
  private final String surface;
  private final LostWrites losses;

  private transient MetricGroup metrics;
  private transient Histogram entries;
  private transient Counter stale;
  private transient Counter restarts;
  private transient List<StoreMark> restored;
  private transient Confirmations<T> confirmations;
  private transient String runId;
  private transient RedisNumbers numbers;
  private transient volatile RedisSession session;
  private transient volatile boolean closed;

  /**
   * @param surface what is written, as progress calls it
   * @param losses what is done when Redis lacks writes that nobody can send again
   */
  public RedisWriter(
      RedisAddress address, RedisWrite<T> writes, String surface, LostWrites losses) {
    this.address = address;
    this.writes = writes;
    this.surface = surface;
    this.losses = losses;
  }

  @Override
  public void restore(List<StoreMark> marks) {
    restored = marks;
  }

  @Override
  public List<StoreMark> marks() {
    return confirmations.marks();
  }

  @Override
  public boolean lacksWrites() {
    return confirmations.lacksWrites();
  }

  @Override
  public void open(MetricGroup metrics) {
    this.metrics = metrics;
    stale = metrics.counter("staleWrites");
    restarts = metrics.counter("redisRestarts");
    confirmations =
        new Confirmations<>(
            surface,
            losses,
            restored == null ? List.of() : restored,
            metrics.counter("redisDataLost"));
  }

  @Override
  public long idleCheckMillis() {
    return IDLE_CHECK_MILLIS;
  }

  @Override
  public List<Rejection<T>> write(List<T> batch) throws Exception {
    try {
      connect();
      long confirmed = confirmations.confirmed();
      List<Rejection<T>> rejections = new ArrayList<>();
      if (batch.isEmpty()) {
        confirmations.looked(send(batch, confirmed, rejections), numbers, this::resend);
      } else {
        long before = send(batch, confirmed + 1, rejections);
        confirmations.written(batch, before, numbers, this::resend);
      }
      return rejections;
    } catch (Exception e) {
      disconnect();
      throw e;
    }
  }

  private void connect() throws Exception {
    if (session != null) {
      return;
    }
    List<String> scripts = new ArrayList<>(writes.scripts());
    scripts.add(RedisNumbers.NOTE);
    session = RedisSession.open(address, scripts);
    if (closed) {
      throw new IllegalStateException("closed while connecting");
    }
    numbers = new RedisNumbers(session, surface);
    if (runId != null && !runId.equals(session.runId())) {
      restarts.inc();
      LOG.warn("{}: Redis was restarted", surface);
      Thread.sleep(writes.pauseAfterRestartMillis());
    }
    confirmations.connected(numbers, this::resend);
    runId = session.runId();
  }

  private void resend(List<T> batch) {
    List<Rejection<T>> again = new ArrayList<>(); // told when they were written first
    send(batch, Confirmations.UNKNOWN, again);
  }

  /**
   * Writes a batch, and behind it its number.
   *
   * @param number {@link Confirmations#UNKNOWN} to leave the number as it is
   * @return the number that Redis had
   */
  private long send(List<T> batch, long number, List<Rejection<T>> rejections) {
    int[] ends = new int[batch.size()];
    List<Object> answers = exchange(batch, ends, number);
    if (answers.stream().anyMatch(answer -> isError(answer, "NOSCRIPT"))) {
      session.load();
      answers = exchange(batch, ends, number);
    }
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
    if (number == Confirmations.UNKNOWN) {
      return number;
    }
    if (answers.get(answer) instanceof Long held) {
      return held;
    }
    throw new IllegalStateException(
        "Redis refuses the number of a batch of " + surface + ": " + answers.get(answer));
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

  private List<Object> exchange(List<T> batch, int[] ends, long number) {
    session.begin();
    for (int i = 0; i < ends.length; i++) {
      writes.write(batch.get(i), session);
      ends[i] = session.queued();
    }
    if (number != Confirmations.UNKNOWN) {
      byte[][] note = numbers.note(confirmations.writer(), confirmations.confirmed(), number);
      session.script(writes.scripts().size(), 1, note);
    }
    return session.receive();
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
