package com.shareuptime.streams.contract;

import java.io.Serializable;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The entities of the model as jobs and tools need them: what their ids are, what can be counted
 * for, and what is counted. Immutable.
 *
 * @param others whose rows can be counted for, besides posts and reels; in the order of labels
 * @param counters in the order of their kinds
 */
public record IdKinds(
    IdKind users, IdKind posts, IdKind reels, List<TargetEntity> others, List<CountedView> counters)
    implements Serializable {
  /** Of the canonical tables. */
  public static final IdKinds NUMBERS = new IdKinds(IdKind.NUMBER, IdKind.NUMBER, IdKind.NUMBER);

  private static final String OF_VIEWS =
      """
      select c.relname, format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null)
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'id'
      join pg_type t on t.oid = a.atttypid
      where c.relnamespace = to_regnamespace('streams_model')::oid\
      """;

  private static final String OF_SINK =
      """
      select name, singular, id_kind, is_target,
             case when is_counted then ordinal end as ordinal,
             targets, actor, has_amount, target_kind
      from streams.entities\
      """;

  public IdKinds {
    others = others.stream().sorted(Comparator.comparing(TargetEntity::type)).toList();
    counters =
        counters.stream()
            .sorted(Comparator.comparingInt(counter -> counter.kind().ordinal()))
            .toList();
  }

  /** With the counters that every product has, of posts and reels. */
  public IdKinds(IdKind users, IdKind posts, IdKind reels) {
    this(users, posts, reels, List.of(), CountedView.fixed(either(posts, reels)));
  }

  /**
   * What ids are, as the views of the product's database have them; counters are those that every
   * product has.
   */
  public static IdKinds ofViews(Connection source) throws SQLException {
    Map<String, IdKind> kinds = new HashMap<>();
    try (Statement statement = source.createStatement();
        ResultSet row = statement.executeQuery(OF_VIEWS)) {
      while (row.next()) {
        kinds.put(row.getString(1), IdKind.ofSqlType(row.getString(2)));
      }
    }
    return of(kinds, List.of(), List.of());
  }

  /**
   * As {@code migrate} has told the database of the sinks; the canonical ones if it has told
   * nothing.
   */
  public static IdKinds ofSink(Connection sink) throws SQLException {
    try (Statement statement = sink.createStatement()) {
      try (ResultSet row =
          statement.executeQuery("select to_regclass('streams.entities') is not null")) {
        row.next();
        if (!row.getBoolean(1)) {
          return NUMBERS;
        }
      }
      try (ResultSet row = statement.executeQuery(OF_SINK)) {
        return read(row);
      }
    }
  }

  private static IdKinds read(ResultSet row) throws SQLException {
    Map<String, IdKind> kinds = new HashMap<>();
    List<TargetEntity> others = new ArrayList<>();
    List<CountedView> counters = new ArrayList<>();
    while (row.next()) {
      String name = row.getString("name");
      String singular = row.getString("singular");
      IdKind ids = kind(row.getString("id_kind"));
      if (ids != null) {
        kinds.put(name, ids);
      }
      Target.Type type = Target.Type.of(singular);
      if (row.getBoolean("is_target") && !Target.Type.DOCUMENTS.contains(type)) {
        others.add(new TargetEntity(type, name, ids));
      }
      int ordinal = row.getInt("ordinal");
      if (!row.wasNull()) {
        counters.add(
            new CountedView(
                CounterKind.of(ordinal),
                name,
                singular,
                texts(row.getArray("targets")),
                row.getString("actor"),
                row.getBoolean("has_amount"),
                kind(row.getString("target_kind"))));
      }
    }
    return of(kinds, others, counters);
  }

  private static IdKind kind(String sqlType) {
    return sqlType == null ? null : IdKind.ofSqlType(sqlType);
  }

  private static Set<String> texts(Array array) throws SQLException {
    return Set.copyOf(Arrays.asList((String[]) array.getArray()));
  }

  private static IdKinds of(
      Map<String, IdKind> kinds, List<TargetEntity> others, List<CountedView> counters) {
    IdKind posts = kinds.getOrDefault("posts", IdKind.NUMBER);
    IdKinds fixed =
        new IdKinds(
            kinds.getOrDefault("users", IdKind.NUMBER), posts, kinds.getOrDefault("reels", posts));
    return new IdKinds(
        fixed.users, posts, fixed.reels, others, withFixed(counters, fixed.counters));
  }

  /** Every product has those, if only with 0. */
  private static List<CountedView> withFixed(List<CountedView> counters, List<CountedView> fixed) {
    Stream<CountedView> missing =
        fixed.stream()
            .filter(one -> counters.stream().noneMatch(other -> other.kind().equals(one.kind())));
    return Stream.concat(counters.stream(), missing).toList();
  }

  /** All whose rows can be counted for, posts and reels first. */
  public List<TargetEntity> targetEntities() {
    return Stream.concat(
            Stream.of(
                new TargetEntity(Target.Type.POST, "posts", posts),
                new TargetEntity(Target.Type.REEL, "reels", reels)),
            others.stream())
        .toList();
  }

  /** Of what can be counted for, the one whose targets have this type. */
  public Optional<TargetEntity> target(Target.Type type) {
    return targetEntities().stream().filter(entity -> entity.type().equals(type)).findFirst();
  }

  /** The type of targets with this label; empty if there are none. */
  public Optional<Target.Type> type(String label) {
    return target(Target.Type.of(label)).map(TargetEntity::type);
  }

  /** The type of targets that are rows of this view; empty if they are none. */
  public Optional<Target.Type> typeOfRows(String view) {
    return targetEntities().stream()
        .filter(entity -> entity.view().equals(view))
        .map(TargetEntity::type)
        .findFirst();
  }

  /**
   * What the ids of such targets are.
   *
   * @throws IllegalArgumentException if there are none
   */
  public IdKind of(Target.Type type) {
    if (type.equals(Target.Type.POST)) {
      return posts;
    }
    if (type.equals(Target.Type.REEL)) {
      return reels;
    }
    for (TargetEntity entity : others) {
      if (entity.type().equals(type)) {
        return entity.ids();
      }
    }
    throw new IllegalArgumentException("nothing is counted for a " + type);
  }

  /** The counters that targets of this type are shown with. */
  public List<CountedView> countersOf(Target.Type type) {
    return counters.stream().filter(counter -> counter.isShownFor(type)).toList();
  }

  /** The counter whose rows are in this view. */
  public Optional<CountedView> counter(String view) {
    return counters.stream().filter(counter -> counter.name().equals(view)).findFirst();
  }

  /**
   * The counter of this kind.
   *
   * @throws IllegalArgumentException if it is counted no more
   */
  public CountedView counter(CounterKind kind) {
    return counters.stream()
        .filter(counter -> counter.kind().equals(kind))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(kind + " is not counted"));
  }

  /** The counter whose events have this type. */
  public Optional<CountedView> announcedBy(String event) {
    return counters.stream().filter(counter -> counter.event().equals(event)).findFirst();
  }

  /** How many places an array has in which each counter has the place of its ordinal. */
  public int width() {
    return counters.get(counters.size() - 1).kind().ordinal() + 1;
  }

  /** What ids of targets are where all are in one column. */
  public IdKind targets() {
    IdKind kind = either(posts, reels);
    for (TargetEntity entity : others) {
      kind = either(kind, entity.ids());
    }
    return kind;
  }

  /** Where those of users are in it too. */
  public IdKind all() {
    return either(targets(), users);
  }

  private static IdKind either(IdKind one, IdKind other) {
    return one == other ? one : IdKind.TEXT;
  }
}
