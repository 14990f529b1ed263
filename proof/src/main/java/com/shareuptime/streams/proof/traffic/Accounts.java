package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.traffic.text.Names;
import com.shareuptime.streams.proof.traffic.text.Profile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Signs users up, changes how they appear, publishes their posts and reels, and deletes users with
 * all that they left.
 */
final class Accounts implements AutoCloseable {
  private static final String SIGN_UP =
      "insert into users (id, username, display_name, avatar_url, is_verified)"
          + " values (?, ?, ?, ?, ?) on conflict do nothing";
  private static final String CHANGE_PROFILE =
      "update users set username = coalesce(?, username), display_name = ?, avatar_url = ?,"
          + " is_verified = ?, updated_at = now() where id = ?";
  private static final Map<Target.Type, String> PUBLISH =
      Map.of(
          Target.Type.POST,
          "insert into posts (id, author_id, visibility, created_at, content)"
              + " values (?, ?, ?, now() - ? * interval '1 ms', ?)"
              + " on conflict do nothing",
          Target.Type.REEL,
          "insert into reels (id, author_id, visibility, created_at, caption, video_url)"
              + " values (?, ?, ?, now() - ? * interval '1 ms', ?,"
              + " 'https://cdn.example/reel.mp4') on conflict do nothing");

  private record Like(Target target, long userId) {}

  private final Session session;
  private final Texts texts;
  private final Announcements announcements;
  private final TrafficStats stats;

  Accounts(Addresses addresses, Texts texts, Announcements announcements, TrafficStats stats) {
    this.session = new Session(addresses, stats);
    this.texts = texts;
    this.announcements = announcements;
    this.stats = stats;
  }

  /** Creates users, then posts and reels, all in one transaction; what exists is left alone. */
  void create(List<Operation.SignUp> users, List<Operation.Publish> targets)
      throws SQLException, InterruptedException {
    if (users.isEmpty() && targets.isEmpty()) {
      return;
    }
    session.persist(
        connection -> {
          insertUsers(connection, users);
          insertTargets(connection, targets);
          connection.commit();
          return null;
        });
    stats.committed(users.size() + targets.size());
  }

  /**
   * Alone in a transaction, while nobody writes anything else: a new username locks its row against
   * all that refers to it, and who waits for one user's row while he holds another's may wait for
   * ever.
   */
  void change(List<Operation.ChangeProfile> profiles) throws SQLException, InterruptedException {
    if (profiles.isEmpty()) {
      return;
    }
    int[] changed =
        session.persist(
            connection -> {
              int[] counts = updateUsers(connection, profiles);
              connection.commit();
              return counts;
            });
    stats.committed(IntStream.of(changed).asLongStream().sum());
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] > 0) {
        stats.add(profiles.get(i).renames() ? Revision.RENAMES : Revision.PROFILES);
      }
    }
  }

  private static int[] updateUsers(Connection connection, List<Operation.ChangeProfile> profiles)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CHANGE_PROFILE)) {
      for (Operation.ChangeProfile change : profiles) {
        Profile profile = Names.profile(change.userId(), change.revision());
        statement.setString(1, change.renames() ? profile.username() : null);
        statement.setString(2, profile.displayName());
        statement.setString(3, profile.avatarUrl());
        statement.setBoolean(4, profile.isVerified());
        statement.setLong(5, change.userId());
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  private static void insertUsers(Connection connection, List<Operation.SignUp> users)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SIGN_UP)) {
      for (Operation.SignUp user : users) {
        Profile profile = Names.profile(user.userId(), 0);
        statement.setLong(1, user.userId());
        statement.setString(2, profile.username());
        statement.setString(3, profile.displayName());
        statement.setString(4, profile.avatarUrl());
        statement.setBoolean(5, profile.isVerified());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void insertTargets(Connection connection, List<Operation.Publish> targets)
      throws SQLException {
    Map<Target.Type, List<Operation.Publish>> byType = new TreeMap<>();
    targets.forEach(
        publish ->
            byType
                .computeIfAbsent(publish.target().type(), type -> new ArrayList<>())
                .add(publish));
    for (Map.Entry<Target.Type, List<Operation.Publish>> group : byType.entrySet()) {
      try (PreparedStatement statement = connection.prepareStatement(PUBLISH.get(group.getKey()))) {
        for (Operation.Publish publish : group.getValue()) {
          statement.setLong(1, publish.target().id());
          statement.setLong(2, publish.authorId());
          statement.setString(3, publish.visibility().label());
          statement.setLong(4, publish.age().toMillis());
          statement.setString(5, texts.of(publish.target(), Texts.FIRST));
          statement.addBatch();
        }
        statement.executeBatch();
      }
    }
  }

  /**
   * Deletes the user; the foreign keys take the posts, comments, shares and likes along. A thorough
   * backend deletes and announces the user's likes itself and clears the likes of the user's posts
   * and reels, which nothing else does: otherwise they stay behind as orphans.
   */
  void delete(Operation.DeleteUser delete) throws SQLException, InterruptedException {
    List<Like> gone =
        session.persist(
            connection -> {
              List<Like> likes = new ArrayList<>();
              if (delete.thorough()) {
                likes = deleteLikes(connection, delete.userId());
                clearLikesOfTargets(connection, delete.userId());
              }
              update(connection, "delete from users where id = ?", delete.userId());
              connection.commit();
              return likes;
            });
    stats.add(Fault.USER_DELETES);
    for (Like like : gone) {
      announcements.unlike(
          "gone-" + like.userId() + "-" + like.target().key(),
          like.target(),
          like.userId(),
          Instant.now());
    }
  }

  private static List<Like> deleteLikes(Connection connection, long userId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "delete from likes where user_id = ? returning target_type, target_id")) {
      statement.setLong(1, userId);
      List<Like> likes = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Target.Type type = Target.Type.labelled(rows.getString(1)).orElseThrow();
          likes.add(new Like(new Target(type, rows.getLong(2)), userId));
        }
      }
      return likes;
    }
  }

  private static void clearLikesOfTargets(Connection connection, long userId) throws SQLException {
    for (Target.Type type : Target.Type.values()) {
      update(
          connection,
          "delete from likes where target_type = '%s' and target_id in (select id from %s where author_id = ?)"
              .formatted(type.label(), type.table()),
          userId);
    }
  }

  private static void update(Connection connection, String sql, long userId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, userId);
      statement.executeUpdate();
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
