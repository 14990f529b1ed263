package com.shareuptime.streams.search.bootstrap;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
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
import java.util.Optional;
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
  private final IdKinds kinds;

  public KnownDocuments(
      PostgresAddress postgres,
      OpenSearchAddress openSearch,
      SearchTargets targets,
      SearchMode mode,
      IdKinds kinds) {
    this.postgres = postgres;
    this.openSearch = openSearch;
    this.targets = targets;
    this.mode = mode;
    this.kinds = kinds;
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
          Optional<Id> id = id(name, type.ids(kinds));
          if (id.isPresent() && mode.usesRows(type)) {
            out.collect(new DocumentInput.Refresh(new DocumentKey(type, id.get())));
          }
          if (id.isEmpty() || version >= firstUndrawn) {
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

  /** The id of the document that has this name; empty if it is of none. */
  static Optional<Id> id(String name, IdKind kind) {
    try {
      Id id = kind.parse(name);
      return id.isPositive() && id.toString().equals(name) ? Optional.of(id) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
