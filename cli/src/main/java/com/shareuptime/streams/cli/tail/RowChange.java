package com.shareuptime.streams.cli.tail;

import java.util.List;

/**
 * A change of a row, as a cdc topic has it.
 *
 * @param op created, updated, deleted, or read by a snapshot
 * @param key the primary key as JSON
 * @param lsn of the change, as Postgres writes it; 0/0 of a row that a snapshot read
 * @param committedAt ISO-8601
 * @param softDeleted whether the row says that it is
 */
public record RowChange(
    String table, String op, String key, String lsn, String committedAt, boolean softDeleted) {
  /** Of a table of them. */
  public static final List<String> HEAD = List.of("TABLE", "CHANGE", "KEY", "LSN", "COMMITTED");

  public List<String> row() {
    return List.of(table, softDeleted ? op + ", is_deleted" : op, key, lsn, committedAt);
  }
}
