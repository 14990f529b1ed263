package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.contract.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that the simulated backend says to the product's tables: the named statements of a file, one
 * for each schema. How they are written stands in {@code models/shareuptime/traffic.sql}.
 */
public final class TrafficSql {
  private static final String CANONICAL = "models/shareuptime/traffic.sql";

  private static final Pattern NAME = Pattern.compile("(?m)^-- name: *(\\S*) *$");
  private static final Pattern COMMENT_LINE = Pattern.compile("(?m)^\\s*--.*\\R?");

  private static final List<Key> REQUIRED =
      List.of(
          new Key(OtherStatement.SIGN_UP, null),
          new Key(OtherStatement.PUBLISH, Target.Type.POST),
          new Key(Change.LIKE, Target.Type.POST),
          new Key(Change.UNLIKE, Target.Type.POST),
          new Key(Change.FOLLOW, null),
          new Key(Change.UNFOLLOW, null),
          new Key(OtherStatement.OWN_USER, null),
          new Key(OtherStatement.OWN_POST, null));

  /**
   * @param name a {@link Change} or an {@link OtherStatement}
   * @param type of what it is said of; null if of both or of no target
   */
  private record Key(Enum<?> name, Target.Type type) {
    static Key of(String text) {
      int dot = text.indexOf('.');
      String name = dot < 0 ? text : text.substring(0, dot);
      Enum<?> known =
          Stream.<Enum<?>[]>of(Change.values(), OtherStatement.values())
              .flatMap(Arrays::stream)
              .filter(one -> one.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("there is no such statement"));
      return new Key(known, dot < 0 ? null : type(text.substring(dot + 1)));
    }

    private static Target.Type type(String label) {
      return Target.Type.ofDocument(label)
          .orElseThrow(() -> new IllegalArgumentException("it ends with .post or .reel"));
    }

    Set<SqlValue> given() {
      return name instanceof OtherStatement other ? other.given() : SqlValue.OF_ROWS;
    }

    @Override
    public String toString() {
      return type == null ? name.name() : name.name() + "." + type.label();
    }
  }

  private final String file;
  private final Map<Key, RowSql> statements = new HashMap<>();
  private final Map<Key, RowSql> contending = new HashMap<>();

  private TrafficSql(String file) {
    this.file = file;
  }

  /** For ShareUptime's own tables. */
  public static TrafficSql canonical() {
    return read(Installation.find().root().resolve(CANONICAL));
  }

  /**
   * @throws CommandException if the file cannot be read, or is none of such statements
   */
  public static TrafficSql read(Path file) {
    try {
      return of(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw CommandException.usage(
          "The statements of the traffic cannot be read: " + e + ".",
          "Give a folder with schema.sql, model.sql and traffic.sql, as models/shareuptime is.");
    }
  }

  static TrafficSql of(String file, String text) {
    TrafficSql sql = new TrafficSql(file);
    List<MatchResult> names = NAME.matcher(text).results().toList();
    for (int i = 0; i < names.size(); i++) {
      int end = i + 1 < names.size() ? names.get(i + 1).start() : text.length();
      sql.add(names.get(i).group(1), text.substring(names.get(i).end(), end));
    }
    List<Key> missing = REQUIRED.stream().filter(key -> !sql.has(key.name(), key.type())).toList();
    if (!missing.isEmpty()) {
      throw sql.refused("it lacks " + missing);
    }
    return sql;
  }

  private void add(String name, String text) {
    try {
      Key key = Key.of(name);
      RowSql sql = RowSql.of(COMMENT_LINE.matcher(text).replaceAll("").strip());
      List<SqlValue> others =
          sql.values().stream().filter(value -> !key.given().contains(value)).toList();
      if (!others.isEmpty()) {
        throw new IllegalArgumentException("it is not given :" + others.get(0).label());
      }
      if (statements.put(key, sql) != null) {
        throw new IllegalArgumentException("it stands there twice");
      }
      sql.thatMayConflict().ifPresent(shorter -> contending.put(key, shorter));
    } catch (IllegalArgumentException e) {
      throw refused("statement " + name + ": " + e.getMessage());
    }
  }

  private CommandException refused(String why) {
    return CommandException.usage(
        file + ": " + why + ".", "How such a file is written stands in " + CANONICAL + ".");
  }

  /** Whether the product has reels. */
  public boolean hasReels() {
    return has(OtherStatement.PUBLISH, Target.Type.REEL);
  }

  boolean has(Enum<?> name, Target.Type type) {
    return find(name, type).isPresent();
  }

  /** What is said of such a target, or of no target if {@code type} is null. */
  Optional<RowSql> find(Enum<?> name, Target.Type type) {
    return find(statements, name, type);
  }

  private static Optional<RowSql> find(
      Map<Key, RowSql> statements, Enum<?> name, Target.Type type) {
    RowSql ofType = type == null ? null : statements.get(new Key(name, type));
    return Optional.ofNullable(ofType == null ? statements.get(new Key(name, null)) : ofType);
  }

  RowSql of(OtherStatement name) {
    return find(name, null).orElseThrow();
  }

  RowSql of(Interaction row) {
    return find(row.change(), type(row)).orElseThrow();
  }

  /** The same where it meets a row of another session, see {@link RowSql#thatMayConflict}. */
  RowSql contending(Interaction row) {
    return find(contending, row.change(), type(row)).orElseThrow();
  }

  private static Target.Type type(Interaction row) {
    return row.target() == null ? null : row.target().type();
  }

  /** Whether a plan may have this operation. */
  boolean says(Operation operation) {
    if (operation instanceof Interaction row) {
      return has(row.change(), type(row));
    }
    if (operation instanceof Operation.RolledBack back) {
      return says(back.interaction());
    }
    return !(operation instanceof Operation.ChangeProfile)
        || has(OtherStatement.CHANGE_PROFILE, null);
  }

  /** Those of the faults that can be made. */
  Set<Fault> possible(Set<Fault> wanted) {
    Set<Fault> possible = EnumSet.noneOf(Fault.class);
    wanted.stream().filter(this::isPossible).forEach(possible::add);
    return possible;
  }

  private boolean isPossible(Fault fault) {
    return switch (fault) {
      case SOFT_DELETES -> ofEveryTarget(Change.HIDE) && ofEveryTarget(Change.RESTORE);
      case TARGET_DELETES -> ofEveryTarget(Change.DELETE);
      case USER_DELETES -> has(OtherStatement.DELETE_USER, null);
      case RACES ->
          find(contending, Change.LIKE, Target.Type.POST).isPresent()
              && find(contending, Change.FOLLOW, null).isPresent();
      default -> {
        List<Change> makers =
            Arrays.stream(Change.values())
                .filter(change -> change.fault().equals(Optional.of(fault)))
                .toList();
        yield makers.isEmpty() || makers.stream().anyMatch(change -> has(change, Target.Type.POST));
      }
    };
  }

  private boolean ofEveryTarget(Change change) {
    return has(change, Target.Type.POST) && (!hasReels() || has(change, Target.Type.REEL));
  }

  /**
   * Has the database prepare every statement.
   *
   * @return what it takes the ids of comments and of shares for
   * @throws CommandException if it refuses one
   */
  Map<SqlValue, IdKind> prepare(Connection connection) {
    Map<SqlValue, IdKind> kinds = new EnumMap<>(SqlValue.class);
    statements.forEach((key, sql) -> prepare(connection, key, sql, kinds));
    return kinds;
  }

  private void prepare(Connection connection, Key key, RowSql sql, Map<SqlValue, IdKind> kinds) {
    try (PreparedStatement statement = connection.prepareStatement(sql.positional())) {
      ParameterMetaData parameters = statement.getParameterMetaData();
      for (int i = 0; i < sql.values().size(); i++) {
        SqlValue value = sql.values().get(i);
        if (value == SqlValue.COMMENT || value == SqlValue.SHARE) {
          kinds.put(value, kind(parameters.getParameterTypeName(i + 1)));
        }
      }
    } catch (SQLException e) {
      throw refused("statement " + key + ": " + e.getMessage());
    }
  }

  private static IdKind kind(String driversName) {
    return switch (driversName) {
      case "int8", "int4", "int2" -> IdKind.NUMBER;
      default -> IdKind.ofSqlType(driversName);
    };
  }

  @Override
  public String toString() {
    return statements.keySet().stream()
        .map(Key::toString)
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
