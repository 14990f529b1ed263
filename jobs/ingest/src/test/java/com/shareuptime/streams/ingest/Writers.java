package com.shareuptime.streams.ingest;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/**
 * Threads that write as applications do, and worse: transactions held open for long, rollbacks,
 * savepoints, COPY, changed primary keys, bulk deletes, rows deleted and inserted again.
 */
final class Writers implements AutoCloseable {
  static final int USERS = 100;
  private static final int TARGETS = 40;

  private final IngestStack stack;
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicLong commits = new AtomicLong();

  private Writers(IngestStack stack) {
    this.stack = stack;
  }

  /** Inserts what the threads refer to and some rows more, so that a snapshot has chunks. */
  static void prepare(IngestStack stack, int rows) throws SQLException {
    stack.sql(
        "insert into users (id, username, display_name) select i, 'u' || i, 'User ' || i from generate_series(1, %d) i"
            .formatted(USERS),
        "insert into posts (author_id, content) select i %% %d + 1, 'post ' || i from generate_series(1, %d) i"
            .formatted(USERS, rows),
        "insert into comments (target_type, target_id, author_id, content) select 'post', i, i %% %d + 1, 'c' || i from generate_series(1, %d) i"
            .formatted(USERS, rows),
        "insert into likes (target_type, target_id, user_id) select 'post', i, i %% %d + 1 from generate_series(1, %d) i"
            .formatted(USERS, rows));
  }

  static Writers start(IngestStack stack, int threads, long seed) {
    Writers writers = new Writers(stack);
    for (int i = 0; i < threads; i++) {
      Random random = new Random(seed * 31 + i);
      Thread thread = new Thread(() -> writers.run(random), "writer-" + i);
      thread.start();
      writers.threads.add(thread);
    }
    return writers;
  }

  long commits() {
    return commits.get();
  }

  private boolean stopped(long millis) {
    try {
      return stop.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void run(Random random) {
    while (!stopped(20)) {
      try (Connection connection = stack.connect()) {
        connection.setAutoCommit(false);
        while (!stopped(5 + random.nextInt(30))) {
          transaction(connection, random);
        }
      } catch (SQLException | IOException e) {
        // the server is away, or has ended the session: again
      }
    }
  }

  private void transaction(Connection connection, Random random) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local lock_timeout = '500ms'");
      int steps = 1 + random.nextInt(6);
      for (int i = 0; i < steps; i++) {
        step(connection, statement, random);
        if (random.nextInt(12) == 0 && stopped(random.nextInt(900))) {
          break; // held open, so that chunks end within
        }
      }
      if (random.nextInt(10) == 0) {
        connection.rollback();
      } else {
        connection.commit();
        commits.incrementAndGet();
      }
    } catch (SQLException e) {
      connection.rollback(); // a conflict with another writer, or the connection is gone
    }
  }

  private static void step(Connection connection, Statement statement, Random random)
      throws SQLException, IOException {
    int user = 1 + random.nextInt(USERS);
    int target = 1 + random.nextInt(TARGETS);
    switch (random.nextInt(14)) {
      case 0, 1, 2 -> update(connection, INSERT_LIKE, (long) target, (long) user);
      case 3 ->
          update(connection, "delete from likes where target_id = ? and user_id = ?", target, user);
      case 4 -> update(connection, "delete from likes where user_id = ?", user);
      case 5 ->
          update(
              connection,
              "update likes set target_id = target_id + 1000 where target_id = ? and user_id = ?",
              target,
              user);
      case 6 ->
          update(
              connection,
              "insert into posts (author_id, content) values (?, repeat(md5(?::text), 3))",
              user,
              random.nextInt());
      case 7, 8 ->
          update(
              connection,
              "update posts set likes_count = likes_count + 1, updated_at = clock_timestamp() where id in (select id from posts where author_id = ? limit 3)",
              user);
      case 9 ->
          update(
              connection,
              "insert into comments (target_type, target_id, author_id, content) values ('post', ?, ?, 'hm')",
              target,
              user);
      case 10 ->
          update(
              connection,
              "update comments set is_deleted = not is_deleted where author_id = ?",
              user);
      case 11 ->
          update(
              connection,
              "update comments set id = id + 1000000 where id = (select min(id) from comments where author_id = ?)",
              user);
      case 12 -> {
        statement.execute("savepoint before_follow");
        update(
            connection,
            "insert into follows (follower_id, followee_id) values (?, ?) on conflict do nothing",
            user,
            user % USERS + 1);
        if (random.nextBoolean()) {
          statement.execute("rollback to savepoint before_follow");
        }
      }
      default -> copy(connection, random);
    }
  }

  private static final String INSERT_LIKE =
      "insert into likes (target_type, target_id, user_id) values ('post', ?, ?) on conflict (target_type, target_id, user_id) do update set created_at = clock_timestamp()";

  private static void copy(Connection connection, Random random) throws SQLException, IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      rows.append("post\t").append(1 + random.nextInt(TARGETS)).append('\t');
      rows.append(1 + random.nextInt(USERS)).append("\tcopied\n");
    }
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "copy comments (target_type, target_id, author_id, content) from stdin",
            new StringReader(rows.toString()));
  }

  private static void update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }

  /** Ends the threads, each after its transaction. */
  @Override
  public void close() throws InterruptedException {
    stop.countDown();
    for (Thread thread : threads) {
      thread.join(30_000);
    }
  }
}
