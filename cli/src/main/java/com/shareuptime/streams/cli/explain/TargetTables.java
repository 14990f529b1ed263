package com.shareuptime.streams.cli.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.DocumentQueries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** The product's tables, asked for one target. */
record TargetTables(Database source, IdKinds kinds) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ROW =
      """
      select document, is_shown,
             format('%1$s %%s of user %%s (%%s%%s), %%s%%s, written %%s, changed %%s', id, author_id,
                    username, case when is_active then '' else ', inactive' end, visibility,
                    case when is_deleted then ', deleted' else '' end, created_at, updated_at)
      from (%2$s) target
      """;

  private static final String ROW_OF_OTHERS =
      "select '{}', false, '%1$s ' || id || ' has a row' from (%2$s) target";

  /** One statement sees one moment: hence a transaction with one snapshot for the two. */
  TargetTruth read(Target target) {
    return source.ask(
        handle -> {
          handle.setReadOnly(true);
          return handle.inTransaction(
              TransactionIsolationLevel.REPEATABLE_READ,
              one -> row(one, target, rows(one, target)));
        });
  }

  private RowCounts rows(Handle handle, Target target) {
    return handle
        .select(
            CountQueries.ofTarget(kinds),
            target.type().label(),
            kinds.targets().convert(target.id()))
        .map((row, context) -> counts(row, kinds.countersOf(target.type())))
        .one();
  }

  private static RowCounts counts(ResultSet row, List<CountedView> counters) throws SQLException {
    return new RowCounts(
        Counts.of(counters, counter -> row.getLong(counter.name())),
        Counts.of(counters, counter -> row.getLong("hidden_" + counter.name())),
        counters);
  }

  private TargetTruth row(Handle handle, Target target, RowCounts rows) {
    Target.Type type = target.type();
    return handle
        .select(rowOf(type), target.id())
        .map(
            (row, context) ->
                new TargetTruth(
                    true,
                    rows,
                    row.getBoolean(2) ? document(row.getString(1)) : Map.of(),
                    row.getString(3)))
        .findOne()
        .orElseGet(
            () ->
                new TargetTruth(
                    false,
                    rows,
                    Map.of(),
                    "%s %s has no row".formatted(type.label(), target.id())));
  }

  private String rowOf(Target.Type type) {
    return Target.Type.DOCUMENTS.contains(type)
        ? ROW.formatted(type.label(), DocumentQueries.one(type))
        : ROW_OF_OTHERS.formatted(type.label(), CountQueries.id(kinds.target(type).orElseThrow()));
  }

  private static Map<String, String> document(String json) {
    try {
      return ServedDocuments.flat(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Postgres wrote JSON that cannot be read", e);
    }
  }
}
