package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.traffic.text.Names;
import com.shareuptime.streams.proof.traffic.text.Profile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Signs users up, changes how they appear, publishes their posts and reels, and deletes users with
 * all that they left.
 */
final class Accounts implements AutoCloseable {
  private final Session session;
  private final Backend backend;

  Accounts(Backend backend) {
    this.session = new Session(backend.addresses(), backend.stats());
    this.backend = backend;
  }

  /** Creates users, then posts and reels, all in one transaction; what exists is left alone. */
  void create(List<Operation.SignUp> users, List<Operation.Publish> targets)
      throws InterruptedException {
    if (users.isEmpty() && targets.isEmpty()) {
      return;
    }
    session.persist(
        handle -> {
          Connection connection = handle.getConnection();
          int[] unused =
              batch(
                  connection,
                  sql(OtherStatement.SIGN_UP),
                  users,
                  user -> profile(user.userId(), Names.profile(user.userId(), 0), true));
          for (Target.Type type : Target.Type.DOCUMENTS) {
            publish(connection, OtherStatement.PUBLISH, type, targets);
          }
          publish(connection, OtherStatement.REPLY, Target.Type.POST, targets);
          return handle.commit();
        });
    backend.stats().committed(users.size() + targets.size());
  }

  /**
   * Alone in a transaction, while nobody writes anything else: a new username locks its row against
   * all that refers to it, and who waits for one user's row while he holds another's may wait for
   * ever.
   */
  void change(List<Operation.ChangeProfile> profiles) throws InterruptedException {
    if (profiles.isEmpty()) {
      return;
    }
    int[] changed =
        session.persist(
            handle -> {
              int[] counts =
                  batch(
                      handle.getConnection(),
                      sql(OtherStatement.CHANGE_PROFILE),
                      profiles,
                      change ->
                          profile(
                              change.userId(),
                              Names.profile(change.userId(), change.revision()),
                              change.renames()));
              handle.commit();
              return counts;
            });
    backend.stats().committed(IntStream.of(changed).asLongStream().sum());
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] > 0) {
        backend.stats().add(profiles.get(i).renames() ? Revision.RENAMES : Revision.PROFILES);
      }
    }
  }

  private RowSql.Values profile(long user, Profile profile, boolean renames) {
    return value ->
        switch (value) {
          case USER -> backend.ids().sqlUser(user);
          case USERNAME -> renames ? profile.username() : null;
          case DISPLAY_NAME -> profile.displayName();
          case AVATAR_URL -> profile.avatarUrl();
          default -> profile.isVerified();
        };
  }

  private void publish(
      Connection connection, OtherStatement how, Target.Type type, List<Operation.Publish> all)
      throws SQLException {
    List<Operation.Publish> some =
        all.stream()
            .filter(publish -> publish.statement() == how && publish.target().type() == type)
            .toList();
    if (!some.isEmpty()) {
      RowSql sql = backend.sql().find(how, type).orElseThrow();
      int[] unused = batch(connection, sql, some, this::published);
    }
  }

  private RowSql.Values published(Operation.Publish publish) {
    return value ->
        switch (value) {
          case TARGET -> backend.ids().sqlTarget(publish.target());
          case USER -> backend.ids().sqlUser(publish.authorId());
          case VISIBILITY -> publish.visibility().label();
          case NUMBER -> publish.age().toMillis();
          case ANSWERED -> backend.ids().sqlTarget(publish.answered());
          default -> backend.texts().of(publish.target(), Texts.FIRST);
        };
  }

  private static <T> int[] batch(
      Connection connection, RowSql sql, List<T> rows, Function<T, RowSql.Values> values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.positional())) {
      for (T row : rows) {
        sql.bind(statement, values.apply(row));
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  /**
   * Deletes the user; the foreign keys take the posts, comments, shares and likes along. A thorough
   * backend deletes and announces the user's likes itself and clears the likes of the user's posts
   * and reels, which nothing else does: otherwise they stay behind as orphans.
   */
  void delete(Operation.DeleteUser delete) throws InterruptedException {
    List<Target> unliked =
        session.persist(
            handle -> {
              Connection connection = handle.getConnection();
              List<Target> likes =
                  delete.thorough() ? deleteLikes(connection, delete.userId()) : List.of();
              execute(connection, sql(OtherStatement.DELETE_USER), delete.userId());
              handle.commit();
              return likes;
            });
    backend.stats().add(Fault.USER_DELETES);
    for (int i = 0; i < unliked.size(); i++) {
      String eventId = "gone-" + delete.userId() + "-" + i;
      backend.announcements().unlike(eventId, unliked.get(i), delete.userId(), Instant.now());
    }
  }

  /** Returns what the user had liked. */
  private List<Target> deleteLikes(Connection connection, long user) throws SQLException {
    List<Target> likes = new ArrayList<>();
    Optional<RowSql> take = backend.sql().find(OtherStatement.TAKE_LIKES, null);
    if (take.isPresent()) {
      likes.addAll(taken(connection, take.get(), user));
    }
    for (Target.Type type : Target.Type.DOCUMENTS) {
      Optional<RowSql> clear = backend.sql().find(OtherStatement.CLEAR_LIKES_OF, type);
      if (clear.isPresent()) {
        execute(connection, clear.get(), user);
      }
    }
    return likes;
  }

  private List<Target> taken(Connection connection, RowSql sql, long user) throws SQLException {
    List<Target> likes = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql.positional())) {
      sql.bind(statement, value -> backend.ids().sqlUser(user));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Target.Type type = Target.Type.of(row.getString(1));
          Id id = backend.product().kinds().of(type).parse(row.getString(2));
          likes.add(new Target(type, id));
        }
      }
    }
    return likes;
  }

  private void execute(Connection connection, RowSql sql, long user) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.positional())) {
      sql.bind(statement, value -> backend.ids().sqlUser(user));
      int unused = statement.executeUpdate();
    }
  }

  private RowSql sql(OtherStatement name) {
    return backend.sql().of(name);
  }

  @Override
  public void close() {
    session.close();
  }
}
