package com.shareuptime.streams.cli.search;

import com.shareuptime.streams.cli.job.Await;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.IdKinds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code streams.search_indexes}: which run writes which index. Every change is one
 * statement, so that whoever is interrupted leaves a state from which the next goes on.
 */
final class IndexRegistry implements AutoCloseable {
  private static final String LOCK =
      "select pg_try_advisory_lock(hashtextextended('streams.reindex', 0))";

  /** A row that was never visible has no position, or the first one. */
  private static final String ROWS =
      """
      select name, alias, writer, state = 'complete' as complete, keep,
             nullif((visible_lsn - '0/0')::bigint, 0) as visible, description
      from streams.search_indexes where alias = ? order by made_at, name
      """;

  /** Postgres takes a moment to notice that the holder's process has ended. */
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);

  private final Handle connection;
  private final Database database;

  private IndexRegistry(Handle connection, Database database) {
    this.connection = connection;
    this.database = database;
  }

  static IndexRegistry open(Database database) {
    return new IndexRegistry(database.open(), database);
  }

  /**
   * Makes this the only command that changes indexes, until it is closed or its process ends.
   *
   * @throws CommandException if another does
   */
  void lock() {
    Await.answer(
        LOCK_PATIENCE,
        () ->
            Optional.of(answer(() -> connection.select(LOCK).mapTo(boolean.class).one()))
                .filter(mine -> mine),
        () ->
            CommandException.wrong(
                "Another reindex command is at work on " + database + ".",
                "Let it end, or end it: the next goes on where it was."));
  }

  /** What the ids of documents are. */
  IdKinds idKinds() {
    return answer(() -> IdKinds.ofSink(connection.getConnection()));
  }

  /** The indexes behind an alias, the oldest first. */
  List<IndexRow> of(String alias) {
    return answer(() -> connection.select(ROWS, alias).mapTo(IndexRow.class).list());
  }

  /** Notes the first index behind an alias; one that is noted already is left alone. */
  void first(String name, String alias, String writer) {
    change(
        "insert into streams.search_indexes (name, alias, writer, state, promised)"
            + " select ?, ?, ?, 'complete', true"
            + " where not exists (select from streams.search_indexes where alias = ?)",
        name,
        alias,
        writer,
        alias);
  }

  /** Notes an index that is to be filled. */
  void begin(String name, String alias, String writer, String description) {
    change(
        "insert into streams.search_indexes (name, alias, writer, state, promised, description)"
            + " values (?, ?, ?, 'building', false, ?)",
        name,
        alias,
        writer,
        description);
  }

  /** Nothing is in it any more. */
  void empty(String name) {
    change(
        "update streams.search_indexes set visible_lsn = null, visible_at = null where name = ?",
        name);
  }

  /** From now on the alias may point to it: progress waits for it. */
  void promise(String name) {
    change("update streams.search_indexes set promised = true where name = ?", name);
  }

  /** All of it is there, and it has been served. */
  void complete(String name) {
    change("update streams.search_indexes set state = 'complete' where name = ?", name);
  }

  void keep(String name) {
    change("update streams.search_indexes set keep = true where name = ?", name);
  }

  /** The writer of the one writes the other from its next start on, and nobody writes the one. */
  void handOver(IndexRow from, IndexRow to) {
    change(
        "update streams.search_indexes set promised = name = ?,"
            + " writer = case when name = ? then ? else 'nobody: ' || name end"
            + " where alias = ? and name in (?, ?)",
        to.name(),
        to.name(),
        from.writer(),
        to.alias(),
        from.name(),
        to.name());
  }

  void forget(String name) {
    change("delete from streams.search_indexes where name = ?", name);
  }

  private void change(String sql, Object... values) {
    answer(() -> connection.execute(sql, values));
  }

  private <T> T answer(Database.Question<T> question) {
    return Database.answer(
        question,
        e ->
            CommandException.unreachable(
                "Postgres at "
                    + database
                    + " does not answer for streams.search_indexes: "
                    + e.getMessage(),
                "If the table is missing: ./streams migrate. Else run the command again: it goes on where it was.",
                e));
  }

  @Override
  public void close() {
    connection.close();
  }
}
