package com.shareuptime.streams.archive.sink;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.drift.DriftRecord;
import com.shareuptime.streams.option.PostgresAddress;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;

/** The table {@code streams.counter_drift}, one row a correction: the newest version stays. */
public final class DriftTable {
  private static final String UPSERT =
      """
      insert into streams.counter_drift
        (target_type, target_id, kind, action, reason, bucket, amount, version, job)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (target_type, target_id, kind, action, reason, bucket, job)
      do update set amount = excluded.amount, version = excluded.version
      where counter_drift.version < excluded.version
      """;

  private DriftTable() {}

  /**
   * A sink of at least once: a row that is there already stays as it is.
   *
   * @param ids of targets in the table
   */
  public static JdbcSink<DriftRecord> sink(PostgresAddress postgres, IdKind ids) {
    return JdbcSink.<DriftRecord>builder()
        .withQueryStatement(UPSERT, (row, drift) -> fill(row, drift, ids))
        .withExecutionOptions(
            JdbcExecutionOptions.builder().withBatchSize(500).withBatchIntervalMs(1_000).build())
        .buildAtLeastOnce(new PostgresConnections(postgres));
  }

  private static void fill(PreparedStatement row, DriftRecord drift, IdKind ids)
      throws SQLException {
    row.setString(1, drift.targetType());
    row.setObject(2, ids.sql(drift.targetId()));
    row.setString(3, drift.kind());
    row.setString(4, drift.action());
    row.setString(5, drift.reason());
    row.setObject(6, Instant.ofEpochMilli(drift.bucket()).atOffset(ZoneOffset.UTC));
    row.setLong(7, drift.amount());
    row.setLong(8, drift.version());
    row.setString(9, drift.job());
  }
}
