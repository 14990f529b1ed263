package com.shareuptime.streams.ingest.interleaving;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Plays drawn schedules on four sessions. Each step is given to a session that does not wait, and
 * the next step is drawn when all sessions have answered or wait for another: so the order of
 * statements is the schedule's, not the machine's.
 */
public final class Interleaving implements AutoCloseable {
  /** Users whose ids are 1 to this must be there. */
  public static final int USERS = 300;

  private static final int SESSIONS = 4;
  private static final long FIRST_ID = 1_000_000;

  /** Opens the connections of a schedule. */
  @FunctionalInterface
  public interface Database {
    /** One more connection. */
    Connection connect() throws SQLException;
  }

  private final List<Session> sessions = new ArrayList<>();
  private final Connection observer;
  private final PreparedStatement waiting;
  private final Random random;
  private List<String> trace = new ArrayList<>();
  private int waits;
  private int errors;

  /** Sessions whose schedules are drawn from {@code seed}. */
  public Interleaving(Database database, long seed) throws SQLException {
    random = new Random(seed);
    for (int i = 0; i < SESSIONS; i++) {
      sessions.add(new Session("s" + i, database.connect()));
    }
    observer = database.connect();
    waiting =
        observer.prepareStatement(
            "select pid from unnest(?::int[]) pid where pg_blocking_pids(pid) <> '{}'");
  }

  /** How often a statement had to wait for another session. */
  public int waits() {
    return waits;
  }

  /** How many statements have failed: deadlocks, unique violations. */
  public int errors() {
    return errors;
  }

  /**
   * Draws one schedule and plays it to its end.
   *
   * @param number tells its rows from those of all others
   * @return what was done, line by line
   */
  public List<String> play(int number) throws SQLException, InterruptedException {
    trace = new ArrayList<>();
    List<RowKey> keys = keys(number);
    int steps = 8 + random.nextInt(10);
    for (int i = 0; i < steps; i++) {
      Session session = free();
      step(session, keys);
      settle();
      if (session.isBusy()) {
        waits++;
        note(session, "waits");
      }
    }
    while (sessions.stream().anyMatch(s -> s.isBusy() || s.phase() != Session.Phase.IDLE)) {
      Session session = free();
      if (session.phase() != Session.Phase.IDLE) {
        end(session);
      }
      settle();
    }
    return trace;
  }

  private List<RowKey> keys(int number) {
    long id = FIRST_ID + 2L * number;
    return switch (number % 4) {
      case 0 -> List.of(RowKey.like(id, 1), RowKey.like(id + 1, 2));
      case 1 -> List.of(follow(2L * number), follow(2L * number + 1));
      case 2 -> List.of(RowKey.comment(id), RowKey.comment(id + 1));
      default -> List.of(RowKey.post(id), RowKey.post(id + 1));
    };
  }

  private static RowKey follow(long pair) {
    long follower = pair / (USERS - 1) % USERS + 1;
    long followee = pair % (USERS - 1) + 1;
    return RowKey.follow(follower, followee < follower ? followee : followee + 1);
  }

  /** A session that may go on; all of them waiting is a deadlock, which the server ends. */
  private Session free() throws SQLException, InterruptedException {
    while (true) {
      List<Session> free = sessions.stream().filter(s -> !s.isBusy()).toList();
      if (!free.isEmpty()) {
        return free.get(random.nextInt(free.size()));
      }
      for (Session session : sessions) {
        take(session);
      }
    }
  }

  private void step(Session session, List<RowKey> keys) {
    if (session.phase() == Session.Phase.FAILED) {
      if (session.savepoints() > 0 && random.nextBoolean()) {
        rollbackTo(session);
      } else {
        end(session);
      }
      return;
    }
    int first = random.nextInt(3) == 0 ? 1 : 0; // mostly one key
    RowKey key = keys.get(first);
    switch (random.nextInt(22)) {
      case 0, 1, 2, 3, 4 -> change(session, key.insert());
      case 5, 6, 7 -> change(session, key.insertOrUpdate());
      case 8, 9 -> change(session, key.insertOrLeave());
      case 10, 11 -> change(session, key.update());
      case 12, 13, 14, 15 -> change(session, key.delete());
      case 16 -> change(session, key.move(keys.get(1 - first)));
      case 17 -> {
        note(session, "savepoint");
        session.savepoint();
      }
      case 18 -> {
        if (session.savepoints() > 0) {
          rollbackTo(session);
        } else {
          change(session, key.insert());
        }
      }
      default -> {
        if (session.phase() == Session.Phase.IDLE) {
          change(session, key.delete());
        } else {
          end(session);
        }
      }
    }
  }

  private void change(Session session, String sql) {
    note(session, sql);
    session.change(sql);
  }

  private void rollbackTo(Session session) {
    int savepoint = 1 + random.nextInt(session.savepoints());
    note(session, "rollback to " + savepoint);
    session.rollbackTo(savepoint);
  }

  private void end(Session session) {
    if (session.phase() == Session.Phase.FAILED || random.nextInt(5) == 0) {
      note(session, "rollback");
      session.rollback();
    } else {
      note(session, "commit");
      session.commit();
    }
  }

  /** Until every session has answered or is known to wait for another. */
  private void settle() throws SQLException, InterruptedException {
    boolean moving = true;
    while (moving) {
      moving = false;
      for (Session session : sessions) {
        if (session.isBusy() && !take(session)) {
          moving = true;
        }
      }
      if (moving) {
        Set<Integer> blocked = blocked();
        moving = sessions.stream().anyMatch(s -> s.isBusy() && !blocked.contains(s.pid()));
      }
    }
  }

  private boolean take(Session session) throws SQLException, InterruptedException {
    String answer = session.isBusy() ? session.poll() : "";
    if (answer != null && !answer.isEmpty()) {
      errors++;
      note(session, "gets " + answer);
    }
    return answer != null;
  }

  private Set<Integer> blocked() throws SQLException {
    Set<Integer> pids = new HashSet<>();
    waiting.setArray(
        1, observer.createArrayOf("int4", sessions.stream().map(Session::pid).toArray()));
    try (ResultSet row = waiting.executeQuery()) {
      while (row.next()) {
        pids.add(row.getInt(1));
      }
    }
    return pids;
  }

  private void note(Session session, String what) {
    trace.add(session + " " + what);
  }

  @Override
  public void close() throws SQLException {
    for (Session session : sessions) {
      session.close();
    }
    observer.close();
  }
}
