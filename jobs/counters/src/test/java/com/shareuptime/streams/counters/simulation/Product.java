package com.shareuptime.streams.counters.simulation;

import static com.shareuptime.streams.simulation.SimulatedDatabase.Write.delete;
import static com.shareuptime.streams.simulation.SimulatedDatabase.Write.put;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.SimulatedCounters;
import com.shareuptime.streams.simulation.SimulatedDatabase;
import com.shareuptime.streams.simulation.SimulatedDatabase.Write;
import com.shareuptime.streams.simulation.SimulatedTopic;
import com.shareuptime.streams.simulation.Simulation;
import com.shareuptime.streams.source.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The product: users who like, comment and share, and take it back; its transactions, and the
 * events that tell of them, some of which are lost, doubled, late, or made up.
 */
final class Product {
  private static final int USERS = 4;
  static final int POSTS = 3;
  private static final int REELS = 2;
  private static final int AUTHORS = 2;
  private static final int COMMENTS = 6;
  private static final int SHARES = 4;
  private static final long SHARES_ANEW = 1_000_000;

  /** What a like, comment or share counts for; none in posts and reels. */
  private static final Pattern TARGET =
      Pattern.compile(
          "\"(?:target_type\":\"(post|reel)\",\"target_id|post_id)\":(\\d+|\"[^\"]*\")");

  /** By what a like is known: what a delete of it tells. */
  private enum LikeKey {
    TARGET_AND_USER,
    ID,
    OWN_COLUMNS
  }

  /** A comment or share: what it counts for, and whether it does. */
  private record Counted(CounterTarget target, boolean visible) {}

  private record Delayed(long due, String id, byte[] event, int partition) {}

  private final Simulation simulation;
  private final ProductIds ids;
  private final SimulatedDatabase database;
  private final Truth truth;
  private final Stores stores;
  private final SimulatedTopic<RawRecord> events;
  private final EventWindows windows;
  private final boolean clean;

  private final LikeKey likeKey;

  /** Whether shares say what they are of as earlier builds of ingest did. */
  private final boolean sharesOfPostsAlone;

  /** Whether some rows say that they are minutes old when they come. */
  private final boolean imports;

  private final Map<Long, Counted> comments = new LinkedHashMap<>();
  private final Map<Long, Counted> shares = new LinkedHashMap<>();
  private final Map<String, CounterTarget> likes = new LinkedHashMap<>();
  private final Map<String, Long> idsOfLikes = new HashMap<>();
  private final Set<CounterTarget> listed = new HashSet<>();
  private final Set<Id> inactive = new HashSet<>();
  private final List<Delayed> delayed = new ArrayList<>();
  private long lastEvent;

  /** Keys that went without a row that tells so: the next row of each need not take its event. */
  private final Set<String> wentUnseen = new HashSet<>();

  private long sharesAnew;
  private long lastSpoiled = 1_000;
  private final Map<Long, CounterTarget> spoiled = new LinkedHashMap<>();

  /** Targets whose shares stay as they were corrected until a checkpoint has the correction. */
  private final Set<CounterTarget> resting = new HashSet<>();

  /**
   * @param clean whether each event comes once, in time, and with a row
   */
  Product(
      Simulation simulation,
      ProductIds ids,
      SimulatedDatabase database,
      Truth truth,
      Stores stores,
      SimulatedTopic<RawRecord> events,
      EventWindows windows,
      boolean clean) {
    this.simulation = simulation;
    this.ids = ids;
    this.database = database;
    this.truth = truth;
    this.stores = stores;
    this.events = events;
    this.windows = windows;
    this.clean = clean;
    imports = simulation.oneIn(4);
    likeKey = LikeKey.values()[simulation.draw(LikeKey.values().length)];
    sharesOfPostsAlone = simulation.oneIn(3);
    for (long author = 1; author <= AUTHORS; author++) {
      putAuthor(ids.user(author));
    }
    for (int i = 0; i < 3; i++) {
      target();
    }
  }

  /** One thing that a user does. */
  void act() {
    switch (simulation.draw(20)) {
      case 0 -> target();
      case 1, 2, 3, 4, 5, 6, 7, 8, 9 -> like();
      case 10 -> likeAndUnlike();
      case 11, 12, 13, 14 -> comment();
      case 15, 16 -> share();
      case 17 -> invent();
      default -> hotPost();
    }
  }

  /** Sends what was late, and is due. */
  void sendDelayed() {
    delayed.removeIf(
        one -> {
          if (one.due > simulation.now()) {
            return false;
          }
          send(one.id, one.event, one.partition);
          return true;
        });
  }

  /** A snapshot begins, and tells only what is there of what has changed. */
  void snapshotMisses(List<Write> changes) {
    for (Write write : changes) {
      if (write.row() == null) {
        wentUnseen.add(unique(write.table(), write.key()));
      }
    }
  }

  private static String unique(CdcTable table, String key) {
    return table + key;
  }

  /**
   * Compaction takes rows away, and not the events that tell of them: a run from before it has
   * those without their rows.
   */
  void compacted(List<CdcRecord> taken, long before) {
    for (CdcRecord record : taken) {
      if (record.version() == null || record.value() == null) {
        continue; // no row, or what the one before it has told already
      }
      Matcher target = TARGET.matcher(text(record.key()) + text(record.value()));
      if (target.find()) {
        truth.loseRows(
            new CounterTarget(
                "reel".equals(target.group(1)) ? Target.Type.REEL : Target.Type.POST,
                id(target.group(2))),
            record.table().counter(),
            before);
      }
    }
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private static Id id(String json) {
    return json.startsWith("\"")
        ? Id.of(json.substring(1, json.length() - 1))
        : Id.of(Long.parseLong(json));
  }

  /** Nothing is late any more: it is lost. */
  void loseDelayed() {
    delayed.clear();
  }

  private CounterTarget drawTarget() {
    return simulation.oneIn(3) ? ids.reel(1 + simulation.draw(REELS)) : post();
  }

  private CounterTarget post() {
    return ids.post(1 + simulation.draw(POSTS));
  }

  /** A post or reel comes, is edited, or goes, with or without what was counted for it. */
  private void target() {
    if (simulation.oneIn(8)) {
      author();
      return;
    }
    CounterTarget target = drawTarget();
    CdcTable table = target.type() == Target.Type.POST ? CdcTable.POSTS : CdcTable.REELS;
    String key = "{\"id\":%s}".formatted(ProductIds.json(target.id()));
    boolean exists = truth.exists(target);
    if (exists && simulation.oneIn(3)) {
      note("delete %s", target.text());
      database.commit(delete(table, key));
      truth.exists(target, false);
    } else {
      note(exists ? "edit %s" : "make %s", target.text());
      boolean hidden = simulation.oneIn(6);
      boolean deleted = simulation.oneIn(8);
      listed.remove(target);
      if (!hidden && !deleted) {
        listed.add(target);
      }
      database.commit(
          put(
              table,
              key,
              "{\"id\":%s,\"author_id\":%s,\"visibility\":\"%s\",\"is_deleted\":%s,\"content\":\"x\",\"created_at\":\"%s\"}"
                  .formatted(
                      ProductIds.json(target.id()),
                      ProductIds.json(author(target)),
                      hidden ? "private" : "public",
                      deleted,
                      created())));
      if (!exists) {
        truth.exists(target, true);
      }
    }
  }

  private Id author(CounterTarget target) {
    return ids.user(1 + Math.floorMod(target.id().hashCode(), AUTHORS));
  }

  /** An author is deactivated, or comes back. */
  private void author() {
    Id author = ids.user(1 + simulation.draw(AUTHORS));
    if (!inactive.remove(author)) {
      inactive.add(author);
    }
    note("author %s is %s", author, inactive.contains(author) ? "deactivated" : "back");
    putAuthor(author);
  }

  private void putAuthor(Id author) {
    database.commit(
        put(
            CdcTable.USERS,
            "{\"id\":%s}".formatted(ProductIds.json(author)),
            "{\"id\":%s,\"is_active\":%s}"
                .formatted(ProductIds.json(author), !inactive.contains(author))));
  }

  /** Whether everybody may see a target. */
  boolean isListed(CounterTarget target) {
    return truth.exists(target) && listed.contains(target) && !inactive.contains(author(target));
  }

  private String created() {
    long ago =
        imports && simulation.oneIn(4)
            ? simulation.draw(2 * (int) SimulatedCounters.LATENESS.toMillis())
            : simulation.draw(2_000);
    return Instant.ofEpochMilli(simulation.now() - ago).toString();
  }

  private void like() {
    if (simulation.oneIn(12)) {
      likeComment();
      return;
    }
    CounterTarget target = drawTarget();
    toggle(target, 1 + simulation.draw(USERS));
  }

  private void hotPost() {
    CounterTarget target = ids.post(1);
    for (int user = 1; user <= USERS; user++) {
      toggle(target, user);
    }
  }

  private void toggle(CounterTarget target, int user) {
    String key = likeKey(target, user);
    if (likes.containsKey(key) && likeKey != LikeKey.TARGET_AND_USER && simulation.oneIn(6)) {
      note("the like of user %d of %s is made one of a comment", user, target.text());
      database.commit(put(CdcTable.LIKES, key, likeRow("comment", Id.of("c1"), user)));
      likes.remove(key);
      truth.change(target, CounterKind.LIKES, -1);
    } else if (likes.containsKey(key)) {
      note("user %d unlikes %s", user, target.text());
      announce(target, CounterKind.LIKES, false, () -> unlike(key, target));
    } else {
      note("user %d likes %s", user, target.text());
      announce(
          target,
          CounterKind.LIKES,
          true,
          wentUnseen.remove(unique(CdcTable.LIKES, key)),
          () -> {
            database.commit(put(CdcTable.LIKES, key, likeRow(target, user)));
            likes.put(key, target);
            truth.change(target, CounterKind.LIKES, 1);
          });
    }
  }

  private void unlike(String key, CounterTarget target) {
    database.commit(delete(CdcTable.LIKES, key));
    likes.remove(key);
    truth.change(target, CounterKind.LIKES, -1);
  }

  /** Two tabs: one transaction likes and unlikes, another's like waits for it. */
  private void likeAndUnlike() {
    CounterTarget target = drawTarget();
    int user = 1 + simulation.draw(USERS);
    String key = likeKey(target, user);
    if (likes.containsKey(key)) {
      return;
    }
    note("user %d likes and unlikes %s", user, target.text());
    String row = likeRow(target, user);
    database.commit(put(CdcTable.LIKES, key, row), delete(CdcTable.LIKES, key));
    truth.change(target, CounterKind.LIKES, 1);
    truth.change(target, CounterKind.LIKES, -1);
    boolean unseen = wentUnseen.remove(unique(CdcTable.LIKES, key));
    announce(target, CounterKind.LIKES, true, unseen, () -> {});
    announce(target, CounterKind.LIKES, false, () -> {});
    if (simulation.oneIn(2)) {
      toggle(target, user);
    }
  }

  /** What is liked, and has no counters. */
  private void likeComment() {
    int user = 1 + simulation.draw(USERS);
    String key = likeKey("comment", Id.of("c2"), user);
    note("user %d likes a comment, or no more", user);
    database.commit(
        simulation.oneIn(2)
            ? put(CdcTable.LIKES, key, likeRow("comment", Id.of("c2"), user))
            : delete(CdcTable.LIKES, key));
  }

  private String likeKey(CounterTarget target, int user) {
    return likeKey(target.type().label(), target.id(), user);
  }

  private String likeKey(String type, Id target, int user) {
    String natural =
        "{\"target_type\":\"%s\",\"target_id\":%s,\"user_id\":%s}"
            .formatted(type, ProductIds.json(target), ProductIds.json(ids.user(user)));
    return switch (likeKey) {
      case TARGET_AND_USER -> natural;
      case ID ->
          "{\"id\":%s}"
              .formatted(
                  ProductIds.json(
                      ids.row(idsOfLikes.computeIfAbsent(natural, any -> idsOfLikes.size() + 1L))));
      case OWN_COLUMNS ->
          "{\"$kind\":\"%s\",\"$of\":%s,\"$by\":%d}".formatted(type, ProductIds.json(target), user);
    };
  }

  private String likeRow(CounterTarget target, int user) {
    return likeRow(target.type().label(), target.id(), user);
  }

  private String likeRow(String type, Id target, int user) {
    return "{\"target_type\":\"%s\",\"target_id\":%s,\"user_id\":%s,\"created_at\":\"%s\"}"
        .formatted(type, ProductIds.json(target), ProductIds.json(ids.user(user)), created());
  }

  private void comment() {
    long id = drawId(comments, COMMENTS);
    Counted before = comments.get(id);
    String key = "{\"id\":%d}".formatted(id);
    if (before == null) {
      CounterTarget target = drawTarget();
      note("comment %d on %s", id, target.text());
      boolean unseen = wentUnseen.remove(unique(CdcTable.COMMENTS, key));
      announce(target, CounterKind.COMMENTS, true, unseen, () -> putComment(id, target, true));
      return;
    }
    CounterTarget target = before.target;
    switch (simulation.draw(4)) {
      case 0 -> {
        note("delete comment %d of %s", id, target.text());
        Runnable change =
            () -> {
              database.commit(delete(CdcTable.COMMENTS, key));
              comments.remove(id);
              if (before.visible) {
                truth.change(target, CounterKind.COMMENTS, -1);
              }
            };
        if (before.visible) {
          announce(target, CounterKind.COMMENTS, false, change);
        } else {
          change.run();
        }
      }
      case 1 -> {
        CounterTarget other = drawTarget();
        note("move comment %d from %s to %s", id, target.text(), other.text());
        putComment(id, other, before.visible);
      }
      default -> {
        note("%s comment %d of %s", before.visible ? "hide" : "show", id, target.text());
        announce(
            target,
            CounterKind.COMMENTS,
            !before.visible,
            () -> putComment(id, target, !before.visible));
      }
    }
  }

  private void putComment(long id, CounterTarget target, boolean visible) {
    database.commit(
        put(
            CdcTable.COMMENTS,
            "{\"id\":%d}".formatted(id),
            "{\"id\":%d,\"target_type\":\"%s\",\"target_id\":%s,\"is_deleted\":%s,\"created_at\":\"%s\"}"
                .formatted(
                    id, target.type().label(), ProductIds.json(target.id()), !visible, created())));
    Counted before = comments.put(id, new Counted(target, visible));
    if (before != null && before.visible) {
      truth.change(before.target, CounterKind.COMMENTS, -1);
    }
    if (visible) {
      truth.change(target, CounterKind.COMMENTS, 1);
    }
  }

  private void share() {
    long id = drawId(shares, SHARES);
    Counted before = shares.get(id);
    String key = "{\"id\":%d}".formatted(id);
    if (before == null) {
      share(id, post());
    } else if (!resting.contains(before.target)) {
      note("unshare %d of %s", id, before.target.text());
      announce(
          before.target,
          CounterKind.SHARES,
          false,
          () -> {
            database.commit(delete(CdcTable.SHARES, key));
            shares.remove(id);
            truth.change(before.target, CounterKind.SHARES, -1);
          });
    }
  }

  /** A share that has never been. */
  void shareAnew() {
    share(SHARES_ANEW + ++sharesAnew, ids.post(1));
  }

  private void share(long id, CounterTarget target) {
    if (resting.contains(target)) {
      return;
    }
    note("share %d of %s", id, target.text());
    String key = "{\"id\":%d}".formatted(id);
    announce(
        target,
        CounterKind.SHARES,
        true,
        wentUnseen.remove(unique(CdcTable.SHARES, key)),
        () -> {
          database.commit(put(CdcTable.SHARES, key, shareRow(id, target)));
          shares.put(id, new Counted(target, true));
          truth.change(target, CounterKind.SHARES, 1);
        });
  }

  private String shareRow(long id, CounterTarget target) {
    return "{\"id\":%d,%s\":%s,\"user_id\":%s,\"created_at\":\"%s\"}"
        .formatted(
            id,
            sharesOfPostsAlone ? "\"post_id" : "\"target_type\":\"post\",\"target_id",
            ProductIds.json(target.id()),
            ProductIds.json(ids.user(1)),
            created());
  }

  /** Commits a change, and sends the event that tells of it, before or after, if at all. */
  private void announce(CounterTarget target, CounterKind kind, boolean create, Runnable change) {
    announce(target, kind, create, false, change);
  }

  /**
   * @param unseen whether rows do not tell that the key had gone: they know it as one that is still
   *     there, and its event has no row until the grace has passed
   */
  private void announce(
      CounterTarget target, CounterKind kind, boolean create, boolean unseen, Runnable change) {
    int fate = clean ? 99 : simulation.draw(100);
    if (fate < 8) {
      change.run();
      note("  its event is lost");
      return;
    }
    String id = "e" + ++lastEvent;
    long occurred = simulation.now();
    int partition = Math.floorMod(target.hashCode(), events.partitions());
    if (fate < 14) {
      change.run();
      long late =
          simulation.oneIn(4)
              ? SimulatedCounters.LATENESS.toMillis() + 90_000
              : simulation.draw(2 * (int) SimulatedCounters.GRACE.toMillis());
      truth.event(target, kind, create, occurred + late, true, stores.settledAt());
      note("  its event is %d ms late", late);
      delayed.add(
          new Delayed(occurred + late, id, event(id, target, kind, create, occurred), partition));
      return;
    }
    truth.event(target, kind, create, occurred, unseen || fate < 18, stores.settledAt());
    if (fate < 18) {
      occurred += simulation.draw(6_000) - 3_000;
      note("  its event is off by %d ms", occurred - simulation.now());
    }
    byte[] event = event(id, target, kind, create, occurred);
    if (simulation.oneIn(3)) {
      send(id, event, partition);
      change.run();
    } else {
      change.run();
      send(id, event, partition);
    }
    if (fate >= 18 && fate < 25) {
      note("  its event comes again");
      long again = simulation.now() + simulation.draw(10_000);
      truth.event(target, kind, create, again, true, stores.settledAt());
      delayed.add(new Delayed(again, id, event, partition));
    }
  }

  /** A share that no log tells of. It counts from when it is corrected. */
  void spoil(CounterTarget target, long settledAt) {
    lastSpoiled++;
    note("share %d of %s, which no log tells of", lastSpoiled, target.text());
    database.spoil(
        CdcTable.SHARES, "{\"id\":%d}".formatted(lastSpoiled), shareRow(lastSpoiled, target));
    truth.event(target, CounterKind.SHARES, true, simulation.now(), true, settledAt);
  }

  /** Whether the last of them is corrected; if not it is taken away again. */
  void spoiled(CounterTarget target, boolean corrected) {
    if (corrected) {
      truth.change(target, CounterKind.SHARES, 1);
      spoiled.put(lastSpoiled, target);
      resting.add(target);
    } else {
      unspoil(lastSpoiled);
    }
  }

  /** A failure can undo no correction any more: what was corrected may change again. */
  void correctionsAreKept() {
    resting.clear();
  }

  /** Whether there are corrections that a new snapshot would bring to light. */
  boolean isSpoiled() {
    return !spoiled.isEmpty();
  }

  /** Takes all of them away: a start without state knows of no correction. */
  void unspoilAll() {
    spoiled.forEach(
        (id, target) -> {
          unspoil(id);
          truth.change(target, CounterKind.SHARES, -1);
        });
    spoiled.clear();
    resting.clear();
  }

  private void unspoil(long id) {
    database.unspoil(CdcTable.SHARES, "{\"id\":%d}".formatted(id));
  }

  private long drawId(Map<Long, Counted> rows, int ids) {
    if (!rows.isEmpty() && simulation.oneIn(2)) {
      return new ArrayList<>(rows.keySet()).get(simulation.draw(rows.size()));
    }
    return 1 + simulation.draw(ids);
  }

  /** How many rows count or might. */
  int rows() {
    return database.rows(CdcTable.LIKES).size()
        + database.rows(CdcTable.COMMENTS).size()
        + database.rows(CdcTable.SHARES).size();
  }

  private void invent() {
    if (clean) {
      return;
    }
    CounterTarget target = post();
    boolean create = simulation.oneIn(2);
    note("event of %s that nobody made", target.text());
    truth.event(target, CounterKind.LIKES, create, simulation.now(), true, stores.settledAt());
    String id = "e" + ++lastEvent;
    send(
        id,
        event(id, target, CounterKind.LIKES, create, simulation.now()),
        Math.floorMod(target.hashCode(), events.partitions()));
  }

  /** An event in each partition, of a post that nobody knows. */
  void sendToAllPartitions() {
    for (int p = 0; p < events.partitions(); p++) {
      String id = "e" + ++lastEvent;
      CounterTarget nobodys = ids.post(99);
      truth.event(nobodys, CounterKind.LIKES, true, simulation.now(), true, stores.settledAt());
      send(id, event(id, nobodys, CounterKind.LIKES, true, simulation.now()), p);
    }
  }

  private byte[] event(
      String id, CounterTarget target, CounterKind kind, boolean create, long occurred) {
    windows.made(id, target, kind, create, occurred);
    return "{\"event_id\":\"%s\",\"type\":\"%s\",\"action\":\"%s\",\"target\":\"%s\",\"target_id\":%s,\"occurred_at\":%d}"
        .formatted(
            id,
            CountedView.CANONICAL.get(kind.ordinal()).event(),
            create ? "create" : "delete",
            target.type().label(),
            ProductIds.json(target.id()),
            occurred)
        .getBytes(StandardCharsets.UTF_8);
  }

  private void send(String id, byte[] event, int partition) {
    long now = simulation.now();
    windows.appended(id, now);
    truth.eventComes(now, stores.settledAt());
    events.append(
        partition,
        new RawRecord("likes-events", partition, events.end(partition), now, null, event),
        now);
  }

  private void note(String format, Object... arguments) {
    if (simulation.isTraced()) {
      simulation.note(format, arguments);
    }
  }
}
