package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.WalPosition;
import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Clients that read their own writes: each commits a like without any event, takes the token, waits
 * with {@code streams.wait_for} for either surface, and must then find the like counted there.
 */
final class OwnWrites {
  private static final int CLIENTS = 16;
  private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(4);
  static final String USER =
      "insert into public.users (username, display_name) values (?, 'Own writes')"
          + " on conflict (username) do update set display_name = excluded.display_name returning id";
  private static final String POST =
      "insert into public.posts (author_id, content) values (?, 'Own writes') returning id";
  private static final String LIKE =
      "insert into public.likes (target_type, target_id, user_id) values ('post', ?, ?)"
          + " on conflict do nothing";

  record Outcome(
      int writes,
      long staleReads,
      long timeouts,
      Histogram redisMicros,
      Histogram postgresMicros) {}

  private final Addresses addresses;
  private final int writes;
  private final int clients;
  private final String run = Long.toString(System.currentTimeMillis(), 36);
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final LongAdder stale = new LongAdder();
  private final LongAdder timeouts = new LongAdder();
  private final Histogram redisMicros = new ConcurrentHistogram(3);
  private final Histogram postgresMicros = new ConcurrentHistogram(3);

  OwnWrites(Addresses addresses, int writes) {
    this(addresses, writes, Math.min(CLIENTS, writes));
  }

  private OwnWrites(Addresses addresses, int writes, int clients) {
    this.addresses = addresses;
    this.writes = writes;
    this.clients = clients;
  }

  /** So many clients that go on until {@link #stop}. */
  static OwnWrites endless(Addresses addresses, int clients) {
    return new OwnWrites(addresses, Integer.MAX_VALUE / 2, clients);
  }

  /** Each client ends when its last write has been read back. */
  void stop() {
    next.set(writes);
  }

  /** One thread a client; they end when all writes are done. */
  List<Thread> clients() {
    return java.util.stream.IntStream.range(0, clients)
        .mapToObj(client -> new Thread(() -> work(client), "own-writes-" + client))
        .toList();
  }

  int done() {
    return done.get();
  }

  Outcome outcome() {
    return new Outcome(
        done.get(), stale.sum(), timeouts.sum(), redisMicros.copy(), postgresMicros.copy());
  }

  private void work(int client) {
    try (PostgresSurface postgres = new PostgresSurface(addresses);
        RedisSurface redis = new RedisSurface(addresses)) {
      Target post = Retry.whileAway(() -> postgres.ask(c -> createPost(c, client)));
      // after one that was not answered there is no use in asking more
      for (int likes = 1; timeouts.sum() == 0 && next.getAndIncrement() < writes; likes++) {
        String liker = "own-" + run + "-" + client + "-" + likes;
        Retry.whileAway(() -> postgres.ask(c -> like(c, post, liker)));
        long committed = System.nanoTime();
        Lsn token = Retry.whileAway(() -> postgres.ask(WalPosition::read));
        verify(postgres, redis, post, likes, token, committed, redisMicros);
        verify(postgres, postgres, post, likes, token, committed, postgresMicros);
        done.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void verify(
      PostgresSurface postgres,
      CounterSurface surface,
      Target post,
      int likes,
      Lsn token,
      long committed,
      Histogram waits)
      throws InterruptedException {
    while (!Retry.whileAway(() -> postgres.ask(c -> waitFor(c, surface.name(), token)))) {
      if (System.nanoTime() - committed > GIVE_UP_NANOS) {
        timeouts.increment();
        return;
      }
    }
    waits.recordValue((System.nanoTime() - committed) / 1_000);
    Served served = Retry.whileAway(() -> surface.read(List.of(post))).get(post);
    if (served == null || served.toReader().of(CounterKind.LIKES) < likes) {
      stale.increment();
    }
  }

  private Target createPost(Connection connection, int client) throws SQLException {
    long author = insert(connection, USER, "own-" + run + "-" + client);
    try (PreparedStatement statement = connection.prepareStatement(POST)) {
      statement.setLong(1, author);
      return Target.post(onlyLong(statement));
    }
  }

  /** Repeatable: whoever likes it twice likes it once. */
  private static Void like(Connection connection, Target post, String liker) throws SQLException {
    connection.setAutoCommit(false);
    long user = insert(connection, USER, liker);
    try (PreparedStatement statement = connection.prepareStatement(LIKE)) {
      statement.setLong(1, post.id());
      statement.setLong(2, user);
      statement.executeUpdate();
    }
    connection.commit();
    connection.setAutoCommit(true);
    return null;
  }

  static long insert(Connection connection, String sql, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      return onlyLong(statement);
    }
  }

  static long onlyLong(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  static boolean waitFor(Connection connection, String surface, Lsn token) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select streams.wait_for(?, ?::pg_lsn, interval '20 s')")) {
      statement.setString(1, surface);
      statement.setString(2, token.toString());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
