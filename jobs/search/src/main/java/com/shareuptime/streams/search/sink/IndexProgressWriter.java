package com.shareuptime.streams.search.sink;

import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.progress.Progress;
import com.shareuptime.streams.progress.ProgressTableWriter;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.SearchTargets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Notes in {@code streams.search_indexes} how far an index is, and moves the progress of its alias
 * to that of the slowest index that the alias may point to. Never back.
 */
final class IndexProgressWriter extends ProgressTableWriter {
  private static final long serialVersionUID = 1L;

  private static final String INDEX =
      """
      update streams.search_indexes set visible_lsn = ?::pg_lsn, visible_at = to_timestamp(? / 1e6)
      where name = ? and (visible_at is null or visible_at < to_timestamp(? / 1e6))
      """;

  private static final String ALIAS =
      """
      insert into streams.pipeline_progress as held (surface, visible_lsn, visible_at)
      select ?, min(visible_lsn), min(visible_at) from streams.search_indexes
      where alias = ? and promised having count(*) > 0 and count(*) = count(visible_lsn)
      on conflict (surface) do update
      set visible_lsn = excluded.visible_lsn, visible_at = excluded.visible_at
      where held.visible_at is null or held.visible_at < excluded.visible_at
      """;

  private final SearchTargets targets;

  IndexProgressWriter(PostgresAddress address, SearchTargets targets) {
    super(address);
    this.targets = targets;
  }

  @Override
  protected void write(Connection connection, Progress progress) throws SQLException {
    try (PreparedStatement index = connection.prepareStatement(INDEX);
        PreparedStatement alias = connection.prepareStatement(ALIAS)) {
      DocumentType type = DocumentType.of(progress.surface());
      index.setString(1, progress.lsnText());
      index.setLong(2, progress.beatMicros());
      index.setString(3, targets.index(type));
      index.setLong(4, progress.beatMicros());
      index.executeUpdate();
      alias.setString(1, progress.surface().label());
      alias.setString(2, type.alias());
      alias.executeUpdate();
    }
  }
}
