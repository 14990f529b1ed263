package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.traffic.text.Names;
import com.shareuptime.streams.proof.traffic.text.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

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
          signUp(handle, users);
          for (Target.Type type : Target.Type.values()) {
            publish(handle, type, targets);
          }
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
              int[] counts = change(handle, profiles);
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

  private static int[] change(Handle handle, List<Operation.ChangeProfile> profiles) {
    PreparedBatch batch = handle.prepareBatch(CHANGE_PROFILE);
    for (Operation.ChangeProfile change : profiles) {
      Profile profile = Names.profile(change.userId(), change.revision());
      batch.add(
          change.renames() ? profile.username() : null,
          profile.displayName(),
          profile.avatarUrl(),
          profile.isVerified(),
          change.userId());
    }
    return batch.execute();
  }

  private static void signUp(Handle handle, List<Operation.SignUp> users) {
    PreparedBatch batch = handle.prepareBatch(SIGN_UP);
    for (Operation.SignUp user : users) {
      Profile profile = Names.profile(user.userId(), 0);
      batch.add(
          user.userId(),
          profile.username(),
          profile.displayName(),
          profile.avatarUrl(),
          profile.isVerified());
    }
    batch.execute();
  }

  private void publish(Handle handle, Target.Type type, List<Operation.Publish> targets) {
    PreparedBatch batch = handle.prepareBatch(PUBLISH.get(type));
    for (Operation.Publish publish : targets) {
      if (publish.target().type() == type) {
        batch.add(
            publish.target().id(),
            publish.authorId(),
            publish.visibility().label(),
            publish.age().toMillis(),
            backend.texts().of(publish.target(), Texts.FIRST));
      }
    }
    batch.execute();
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
              List<Target> likes = delete.thorough() ? deleteLikes(handle, delete) : List.of();
              handle.execute("delete from users where id = ?", delete.userId());
              handle.commit();
              return likes;
            });
    backend.stats().add(Fault.USER_DELETES);
    for (Target target : unliked) {
      backend
          .announcements()
          .unlike(
              "gone-" + delete.userId() + "-" + target.key(),
              target,
              delete.userId(),
              Instant.now());
    }
  }

  /** Returns what the user had liked. */
  private static List<Target> deleteLikes(Handle handle, Operation.DeleteUser delete) {
    List<Target> likes =
        handle
            .select(
                "delete from likes where user_id = ? returning target_type, target_id",
                delete.userId())
            .mapTo(Target.class)
            .list();
    for (Target.Type type : Target.Type.values()) {
      handle.execute(
          "delete from likes where target_type = '%s' and target_id in (select id from %s where author_id = ?)"
              .formatted(type.label(), type.table()),
          delete.userId());
    }
    return likes;
  }

  @Override
  public void close() {
    session.close();
  }
}
