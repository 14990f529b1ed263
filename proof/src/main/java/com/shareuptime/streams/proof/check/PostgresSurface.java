package com.shareuptime.streams.proof.check;

import static com.shareuptime.streams.proof.server.ProductDatabase.array;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.WalPosition;
import com.shareuptime.streams.proof.server.LazyHandle;
import com.shareuptime.streams.proof.server.Outage;
import com.shareuptime.streams.proof.traffic.Product;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;

/** The table {@code streams.counters}; and any other question to the same server. */
public final class PostgresSurface implements CounterSurface {
  public static final String NAME = "counters.postgres";

  private static final String COLUMNS =
      "select c.*, c.deleted_at is not null as is_gone from streams.counters c ";
  private static final String OF_TARGETS =
      COLUMNS
          + "join unnest(?::text[], ?::%s[]) as wanted (target_type, target_id)"
          + " using (target_type, target_id)";
  private static final String PROGRESS =
      "select visible_lsn from streams.pipeline_progress where surface = ?";
  private static final String WAIT_FOR = "select streams.wait_for(?, ?::pg_lsn, interval '20 s')";

  @FunctionalInterface
  public interface Question<T> {
    T ask(Handle handle) throws SQLException;
  }

  private final LazyHandle connection;
  private final IdKinds kinds;

  public PostgresSurface(Product product) {
    connection = new LazyHandle(product.addresses());
    kinds = product.kinds();
  }

  /** Asks until there is an answer, on a connection of its own. */
  static <T> T await(Product product, Question<T> question) throws InterruptedException {
    try (PostgresSurface postgres = new PostgresSurface(product)) {
      return postgres.await(question);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Lsn progress() {
    return progressOf(NAME);
  }

  /** The progress of any surface, as Postgres tells it. */
  Lsn progressOf(String surface) {
    return ask(open -> open.select(PROGRESS, surface).mapTo(Lsn.class).findOne().orElse(Lsn.NONE));
  }

  /** All that has committed by now lies before it. */
  static Lsn insertPosition(Handle handle) throws SQLException {
    return WalPosition.read(handle.getConnection());
  }

  /** Whether a surface has passed a position, after some seconds at most. */
  boolean waitFor(String surface, Lsn token) {
    return ask(open -> open.select(WAIT_FOR, surface, token.toString()).mapTo(boolean.class).one());
  }

  @Override
  public Map<Target, Served> read(Collection<Target> targets) {
    return ask(
        open ->
            served(
                open.createQuery(OF_TARGETS.formatted(kinds.targets().sql()))
                    .bindArray(
                        0, String.class, targets.stream().map(one -> one.type().label()).toList())
                    .bind(1, array(kinds.targets(), targets.stream().map(Target::id).toList()))));
  }

  @Override
  public Map<Target, Served> readAll() {
    return ask(open -> served(open.createQuery(COLUMNS)));
  }

  private Map<Target, Served> served(Query query) {
    return query.reduceResultSet(
        new HashMap<>(),
        (served, row, context) -> {
          Target.Type type = Target.Type.of(row.getString("target_type"));
          served.put(
              new Target(type, kinds.of(type).parse(row.getString("target_id"))),
              new Served(
                  Counts.of(
                      kinds.countersOf(type), counter -> row.getLong(counter.name() + "_count")),
                  row.getLong("version"),
                  row.getBoolean("is_gone")));
          return served;
        });
  }

  /** Any other question, on the same connection. */
  public <T> T ask(Question<T> question) {
    try {
      return question.ask(connection.get());
    } catch (JdbiException | SQLException e) {
      close();
      Exception failure = Outage.failure(e);
      if (Outage.isOne(e)) {
        throw new SurfaceAwayException("Postgres", failure);
      }
      throw new IllegalStateException("Postgres refuses to answer: " + failure.getMessage(), e);
    }
  }

  /** The same, until there is an answer. */
  <T> T await(Question<T> question) throws InterruptedException {
    return Retry.whileAway(() -> ask(question));
  }

  @Override
  public void close() {
    connection.close();
  }
}
