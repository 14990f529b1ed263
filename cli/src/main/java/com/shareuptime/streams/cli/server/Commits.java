package com.shareuptime.streams.cli.server;

import com.shareuptime.streams.contract.truth.WalPosition;
import java.time.Duration;
import java.util.Optional;

/**
 * What is committed, and whether a surface shows it.
 *
 * @param source the product's database
 * @param sink where the progress of the surfaces is
 */
public record Commits(Database source, Database sink) {
  private static final String PROGRESS =
      """
      select visible_lsn, visible_at, greatest(?::pg_lsn - visible_lsn, 0),
             (extract(epoch from now() - visible_at) * 1000)::bigint
      from streams.pipeline_progress where surface = ? and visible_lsn is not null
      """;

  /** All that was committed before the call is at or before this. */
  public String position() {
    return source.ask(handle -> WalPosition.read(handle.getConnection()).toString());
  }

  /** How far a surface is, seen from a position; empty if it never told. */
  public Optional<SurfaceLag> progress(String surface, String position) {
    return sink.ask(
        handle ->
            handle
                .select(PROGRESS, position, surface)
                .map(
                    (row, context) ->
                        new SurfaceLag(
                            surface,
                            row.getString(1),
                            row.getTimestamp(2).toInstant().toString(),
                            row.getLong(3),
                            row.getLong(4)))
                .findOne());
  }

  /** Whether a surface shows all that was committed at a position, at last after the patience. */
  public boolean awaitSurface(String surface, String position, Duration patience) {
    return sink.ask(
        handle ->
            handle
                .select(
                    "select streams.wait_for(?, ?::pg_lsn, ? * interval '1 millisecond')",
                    surface,
                    position,
                    patience.toMillis())
                .mapTo(boolean.class)
                .one());
  }
}
