package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * The product that is simulated and judged: where its servers are, what is said to its tables, and
 * what its ids are.
 */
public record Product(Addresses addresses, TrafficSql sql, PlannedIds ids) {
  /** Asks the database, where {@code migrate} has run. */
  public static Product of(Addresses addresses, TrafficSql sql) {
    return ProductDatabase.ask(addresses, handle -> of(addresses, sql, handle.getConnection()));
  }

  private static Product of(Addresses addresses, TrafficSql sql, Connection connection)
      throws SQLException {
    Map<SqlValue, IdKind> others = sql.prepare(connection);
    return new Product(
        addresses,
        sql,
        new PlannedIds(
            IdKinds.ofSink(connection),
            others.getOrDefault(SqlValue.COMMENT, IdKind.NUMBER),
            others.getOrDefault(SqlValue.SHARE, IdKind.NUMBER)));
  }

  /** ShareUptime's own tables. */
  public static Product canonical(Addresses addresses) {
    return of(addresses, TrafficSql.canonical());
  }

  public IdKinds kinds() {
    return ids.kinds();
  }
}
