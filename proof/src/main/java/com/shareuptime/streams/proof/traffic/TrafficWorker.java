package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.WalPosition;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jdbi.v3.core.Handle;

/**
 * Does, on one connection, what is planned for its share of the targets, in the planned order, and
 * announces each change after the commit. Not thread-safe.
 */
final class TrafficWorker implements AutoCloseable {
  private static final int LARGEST_TRANSACTION = 200;

  private final Session session;
  private final Backend backend;
  private final Set<Target> growing;
  private final CommitListener listener;
  private final SplittableRandom random;
  private volatile Duration clockError = Duration.ZERO;

  TrafficWorker(Backend backend, Set<Target> growing, CommitListener listener, long seed) {
    this.session = new Session(backend.addresses(), backend.stats());
    this.backend = backend;
    this.growing = growing;
    this.listener = listener;
    this.random = new SplittableRandom(seed);
  }

  void run(List<Operation> operations) throws InterruptedException {
    // first, as what they are done to may be deleted further on
    rollBack(
        new Batch(operations)
            .only(Operation.RolledBack.class).stream()
                .map(Operation.RolledBack::interaction)
                .toList());
    List<Interaction> open = new ArrayList<>();
    int size = transactionSize();
    for (Operation operation : operations) {
      if (operation instanceof Interaction row) {
        open.add(row);
        if (open.size() >= size || row.change().isWide()) {
          commit(open);
          open.clear();
          size = transactionSize();
        }
      }
    }
    commit(open);
  }

  /** From now on events are dated by a clock that is so much ahead. */
  void setClock(Duration error) {
    clockError = error;
  }

  private Instant now() {
    return Instant.now().plus(clockError);
  }

  /** Commits the rows in one transaction and announces those that have changed. */
  void commit(List<Interaction> rows) throws InterruptedException {
    if (rows.isEmpty()) {
      return;
    }
    Transaction transaction = new Transaction(rows, backend);
    Instant at =
        session.persist(
            handle -> {
              Instant started = now();
              transaction.commit(handle.getConnection());
              return started;
            });
    committed(transaction, at, System.nanoTime());
  }

  /** Keeps a transaction open for a while before it commits. */
  void commitSlowly(Operation.SlowTransaction slow) throws InterruptedException {
    Transaction transaction = new Transaction(slow.rows(), backend);
    session.persist(
        handle -> {
          transaction.apply(handle.getConnection());
          Thread.sleep(slow.open().toMillis());
          transaction.commit(handle.getConnection());
          return null;
        });
    backend.stats().add(Fault.SLOW_TRANSACTIONS);
    committed(transaction, now(), System.nanoTime());
  }

  private void committed(Transaction transaction, Instant at, long nanoTime)
      throws InterruptedException {
    backend.stats().committed(transaction.changedRows());
    List<Interaction> rows = transaction.rows();
    Map<Target, Map<Change, Integer>> gains = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      if (transaction.hasChanged(i)) {
        Interaction row = rows.get(i);
        backend.announcements().announce(row, at);
        row.change().fault().ifPresent(backend.stats()::add);
        row.change().revision().ifPresent(backend.stats()::add);
        if (row.change() == Change.UNFOLLOW) {
          backend.stats().add(TrafficCount.UNFOLLOWS);
        }
        if (row.target() != null && growing.contains(row.target())) {
          gains
              .computeIfAbsent(row.target(), target -> new EnumMap<>(Change.class))
              .merge(row.change(), 1, Integer::sum);
        }
      }
    }
    if (!gains.isEmpty()) {
      Lsn lsn = session.persist(TrafficWorker::insertPosition);
      gains.forEach(
          (target, byChange) ->
              byChange.forEach(
                  (change, n) ->
                      listener.committed(backend.ids().target(target), change, n, lsn, nanoTime)));
    }
  }

  /** Whoever announces before the commit announces what is then rolled back. */
  private void rollBack(List<Interaction> rows) throws InterruptedException {
    if (rows.isEmpty()) {
      return;
    }
    session.persist(
        handle -> {
          for (Interaction row : rows) {
            new Transaction(List.of(row), backend).apply(handle.getConnection());
          }
          return handle.rollback();
        });
    for (Interaction row : rows) {
      backend.stats().add(Fault.PHANTOMS);
      backend.announcements().announce(row, now());
    }
  }

  /** The token that promises reads of one's own writes: position in the WAL after the commit. */
  private static Lsn insertPosition(Handle handle) throws SQLException {
    Lsn lsn = WalPosition.read(handle.getConnection());
    handle.rollback();
    return lsn;
  }

  private int transactionSize() {
    return random.nextInt(10) == 0 ? 1 : 1 + random.nextInt(LARGEST_TRANSACTION);
  }

  @Override
  public void close() {
    session.close();
  }
}
