package com.shareuptime.streams.progress;

import com.shareuptime.streams.option.PostgresAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The progress of surfaces each of which is written by one run of one job. */
final class OneSurfaceWriter extends ProgressTableWriter {
  private static final long serialVersionUID = 1L;

  private static final String FORWARD =
      """
      insert into streams.pipeline_progress as held (surface, visible_lsn, visible_at)
      values (?, ?::pg_lsn, to_timestamp(0) + ? * interval '1 microsecond')
      on conflict (surface) do update
      set visible_lsn = excluded.visible_lsn, visible_at = excluded.visible_at
      where held.visible_at is null or held.visible_at < excluded.visible_at
      """;

  OneSurfaceWriter(PostgresAddress address) {
    super(address);
  }

  @Override
  protected void write(Connection connection, Progress progress) throws SQLException {
    try (PreparedStatement forward = connection.prepareStatement(FORWARD)) {
      forward.setString(1, progress.surface().label());
      forward.setString(2, progress.lsnText());
      forward.setLong(3, progress.beatMicros());
      forward.executeUpdate();
    }
  }
}
