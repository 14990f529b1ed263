package com.shareuptime.streams.cli.model;

import com.shareuptime.streams.contract.EpochMicros;
import com.shareuptime.streams.model.BoundBranch;
import com.shareuptime.streams.model.BoundEntity;
import com.shareuptime.streams.model.BoundModel;
import com.shareuptime.streams.model.CanonicalColumn;
import com.shareuptime.streams.model.CanonicalRow;
import com.shareuptime.streams.model.Model;
import com.shareuptime.streams.model.ModelException;
import com.shareuptime.streams.model.MovedTimes;
import com.shareuptime.streams.model.OldRows;
import com.shareuptime.streams.model.Sample;
import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogReader;
import com.shareuptime.streams.model.expression.Problem;
import com.shareuptime.streams.sql.ModelIndexes;
import com.shareuptime.streams.sql.SourceModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * What a model is on a database.
 *
 * @param problems of the file, or of its tables
 * @param entities what the jobs will see; empty if there are problems
 * @param counters what each counter may count for
 * @param indexes that reading needs and the tables lack, as SQL
 * @param notices what makes the jobs work more than they would have to
 */
record ModelCheck(
    List<Problem> problems,
    List<Seen> entities,
    List<String> counters,
    List<String> indexes,
    List<String> notices) {
  /** So many rows of each table are computed here and by Postgres. */
  private static final int COMPARED = 500;

  /** So many rows of each view are shown. */
  private static final int SHOWN = 5;

  private static final int LONGEST_VALUE = 40;

  /**
   * The first rows of a view.
   *
   * @param ids number, uuid or text; null where rows have no id of their own
   * @param compared rows of its tables that were computed here and by Postgres
   * @param rows as texts, in the order of the columns
   * @param differences between the two
   */
  record Seen(
      String view,
      String ids,
      int compared,
      List<String> columns,
      List<List<String>> rows,
      List<String> differences) {}

  static ModelCheck of(String text, Connection connection) throws SQLException {
    BoundModel model;
    SourceModel source;
    try {
      Model parsed = Model.parse(text);
      Catalog catalog = CatalogReader.read(connection);
      model = parsed.bind(OldRows.afterMigrate(parsed, catalog));
      source = new SourceModel(text, model, OldRows.whole(parsed, catalog));
    } catch (ModelException e) {
      return new ModelCheck(e.problems(), List.of(), List.of(), List.of(), List.of());
    }
    List<Seen> entities = new ArrayList<>();
    for (BoundEntity entity : model.entities()) {
      entities.add(seen(entity, connection));
    }
    return new ModelCheck(
        List.of(),
        entities,
        model.counters().stream()
            .map(counter -> counter.name() + ": " + String.join(", ", model.targetsOf(counter)))
            .toList(),
        new ModelIndexes(connection, source).advice(),
        MovedTimes.of(model));
  }

  private static Seen seen(BoundEntity entity, Connection connection) throws SQLException {
    int compared = 0;
    List<CanonicalRow> rows = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (BoundBranch branch : entity.branches()) {
      Sample sample = Sample.of(connection, branch, COMPARED);
      compared += sample.compared();
      rows.addAll(sample.rows());
      differences.addAll(sample.differences());
    }
    return new Seen(
        entity.name(),
        entity.id() == null ? null : entity.id().name().toLowerCase(Locale.ROOT),
        compared,
        entity.entity().columns().stream().map(CanonicalColumn::name).toList(),
        rows.stream().limit(SHOWN).map(row -> texts(row, entity.entity().columns())).toList(),
        differences);
  }

  private static List<String> texts(CanonicalRow row, List<CanonicalColumn> columns) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.value(i);
      boolean isTime = columns.get(i).role() == CanonicalColumn.Role.TIME && value != null;
      texts.add(isTime ? time((Long) value) : Objects.toString(value, "null"));
    }
    return texts;
  }

  private static String time(long micros) {
    return micros == Long.MAX_VALUE
        ? "infinity"
        : micros == Long.MIN_VALUE ? "-infinity" : EpochMicros.instant(micros).toString();
  }

  boolean isRight() {
    return problems.isEmpty() && entities.stream().allMatch(seen -> seen.differences.isEmpty());
  }

  String text(String name) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    for (Problem problem : problems) {
      lines.add(ModelFile.line(name, problem));
    }
    for (Seen seen : entities) {
      lines.add("");
      lines.add(
          "%s%s: %,d rows computed as Postgres does%s"
              .formatted(
                  seen.view,
                  seen.ids == null ? "" : " (ids: " + seen.ids + ")",
                  seen.compared - seen.differences.size(),
                  seen.differences.isEmpty()
                      ? ""
                      : ", %,d otherwise".formatted(seen.differences.size())));
      seen.differences.stream().limit(SHOWN).forEach(difference -> lines.add("  " + difference));
      for (List<String> row : seen.rows) {
        lines.add("  " + line(seen.columns, row));
      }
    }
    if (!counters.isEmpty()) {
      lines.add("");
      lines.add("What is counted, and for what; the job keeps some 100 bytes for each of these:");
      counters.forEach(counter -> lines.add("  " + counter));
    }
    if (!indexes.isEmpty()) {
      lines.add("");
      lines.add("Indexes that reading needs; run each alone, at a quiet time:");
      indexes.forEach(index -> lines.add("  " + index));
    }
    if (!notices.isEmpty()) {
      lines.add("");
      lines.add("What makes more work than it has to:");
      notices.forEach(notice -> lines.add("  " + notice));
    }
    lines.add("");
    lines.add(
        isRight()
            ? "Nothing stops the jobs on these tables."
            : "%d problems: mend them and check again.".formatted(problems.size()));
    return lines.toString().strip();
  }

  private static String line(List<String> columns, List<String> row) {
    StringJoiner values = new StringJoiner(", ");
    for (int i = 0; i < row.size(); i++) {
      String value = row.get(i).replaceAll("\\s+", " ");
      values.add(
          columns.get(i)
              + " "
              + (value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value));
    }
    return values.toString();
  }
}
