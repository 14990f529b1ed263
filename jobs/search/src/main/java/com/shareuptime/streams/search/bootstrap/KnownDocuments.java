package com.shareuptime.streams.search.bootstrap;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.option.OpenSearchAddress;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.SearchMode;
import com.shareuptime.streams.search.SearchTargets;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.sink.opensearch.IndexAdmin;
import com.shareuptime.streams.version.WriteVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists every document that the indexes hold, so that a start without state writes each of them:
 * what is stale is overwritten, what nobody knows is hidden. Runs once, while the gate is shut; all
 * that appears later is this run's own.
 *
 * <p>A document whose version claims a run that was never drawn, or whose name is no id, could
 * never be overwritten: it is removed.
 *
 * <p>Documents that come from events are not listed: their topic forgets, so that nobody knows one
 * does not say that it is gone. They stay as they are until an event tells of them again.
 */
public final class KnownDocuments extends RichFlatMapFunction<Long, DocumentInput> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(KnownDocuments.class);

  private final PostgresAddress postgres;
  private final OpenSearchAddress openSearch;
  private final SearchTargets targets;
  private final SearchMode mode;

  public KnownDocuments(
      PostgresAddress postgres,
      OpenSearchAddress openSearch,
      SearchTargets targets,
      SearchMode mode) {
    this.postgres = postgres;
    this.openSearch = openSearch;
    this.targets = targets;
    this.mode = mode;
  }

  @Override
  public void flatMap(Long start, Collector<DocumentInput> out) throws Exception {
    long firstUndrawn = WriteVersion.of(lastRun() + 1, 0);
    for (DocumentType type : targets.types()) {
      list(type, new IndexAdmin(openSearch, targets.index(type)), firstUndrawn, out);
    }
  }

  private long lastRun() throws Exception {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select last_value from streams.run_numbers")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void list(
      DocumentType type, IndexAdmin index, long firstUndrawn, Collector<DocumentInput> out)
      throws Exception {
    List<String> foreign = new ArrayList<>();
    index.list(
        (name, version) -> {
          boolean isId = name.matches("[1-9][0-9]{0,17}");
          if (isId && mode.usesRows(type)) {
            out.collect(new DocumentInput.Refresh(new DocumentKey(type, Id.parse(name))));
          }
          if (!isId || version >= firstUndrawn) {
            foreign.add(name);
          }
        });
    if (!foreign.isEmpty()) {
      index.forget(foreign);
      LOG.warn(
          "{} documents of {} were of nobody, or had versions of runs that never were: removed",
          foreign.size(),
          targets.index(type));
    }
  }
}
