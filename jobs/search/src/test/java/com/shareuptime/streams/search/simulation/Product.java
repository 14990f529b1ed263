package com.shareuptime.streams.search.simulation;

import static com.shareuptime.streams.contract.IdJson.node;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.SearchMode;
import com.shareuptime.streams.search.SimulatedSearch;
import com.shareuptime.streams.simulation.SimulatedTopic;
import com.shareuptime.streams.simulation.Simulation;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.testing.DrawnIds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The product's tables, what ingest and the counters job make of them, and what goes wrong there.
 */
final class Product {
  static final List<CdcTable> TABLES = List.of(CdcTable.USERS, CdcTable.POSTS, CdcTable.REELS);

  /** What earlier builds of ingest wrote of a text that is not logged; users may write it, too. */
  private static final String EARLIER = "__debezium_unavailable_value";

  private static final String UNLOGGED = EARLIER + "\\u0000";
  private static final int USERS = 4;
  private static final int POSTS = 6;
  private static final int REELS = 2;

  /**
   * @param commit of the last change of the row
   */
  record User(String name, String picture, boolean active, boolean isPrivate, long commit) {}

  /**
   * @param commit of the last change of the row
   */
  record Document(Id author, String text, String visibility, boolean deleted, long commit) {}

  final Map<Id, User> users = new TreeMap<>();
  final Map<DocumentKey, Document> documents = byId();

  /** Commit of the last change of a document that is gone. */
  final Map<DocumentKey, Long> gone = byId();

  /** Documents that were hidden at some time, or may have been taken for such. */
  final Set<DocumentKey> blemished = new HashSet<>();

  /** Texts that were too large for their topic: the whole row of the change, for the job. */
  final Map<DocumentKey, String> holes = byId();

  /** The commit behind which a new snapshot has shown a row whole that was not. */
  private final Map<DocumentKey, Long> wholeBehind = byId();

  final Map<DocumentKey, Long> likes = byId();
  final Map<CdcTable, SimulatedTopic<CdcRecord>> rows = new TreeMap<>();
  final SimulatedTopic<RawRecord> counts;

  /** What the product tells of its posts; empty in the mode without. */
  final SimulatedTopic<RawRecord> events =
      new SimulatedTopic<>("posts-events", SimulatedSearch.PARTITIONS);

  private final Simulation simulation;
  private final SearchMode mode;
  private final DrawnIds userIds;
  private final Map<DocumentType, DrawnIds> documentIds = new EnumMap<>(DocumentType.class);

  /** Since which commit users are there who were never inactive. */
  private final Map<Id, Long> steadySince = new TreeMap<>();

  /** Whose accounts were private at some time and not at another, or may have been. */
  private final Set<Id> switched = new HashSet<>();

  private final Map<DocumentKey, Long> leftAlone = byId();

  /** Whatever was a user's at some time. */
  private final Map<Id, Set<DocumentKey>> wrote = new TreeMap<>();

  /** Documents of whose last change the topic of events tells no more. */
  private final Set<DocumentKey> forgotten = new HashSet<>();

  private final int[] firstEvents = new int[SimulatedSearch.PARTITIONS];
  private final Map<CdcTable, Long> generations = new TreeMap<>();
  private long commit = 1;
  private long lsn;
  private long countsVersion;
  private boolean slotLost;
  private long lastUser;
  private long lastMicros;

  Product(Simulation simulation, SearchMode mode) {
    this.simulation = simulation;
    this.mode = mode;
    userIds = simulation.oneOf(DrawnIds.values());
    DrawnIds posts = simulation.oneOf(DrawnIds.values());
    documentIds.put(DocumentType.POST, posts);
    documentIds.put(
        DocumentType.REEL, simulation.oneIn(4) ? simulation.oneOf(DrawnIds.values()) : posts);
    for (CdcTable table : TABLES) {
      rows.put(table, new SimulatedTopic<>(table.topic(), SimulatedSearch.PARTITIONS));
      generations.put(table, 1L);
    }
    counts = new SimulatedTopic<>("counter-updates", SimulatedSearch.PARTITIONS);
    while (lastUser < USERS) {
      change(userIds.of(++lastUser));
    }
  }

  IdKinds kinds() {
    return new IdKinds(
        userIds.kind(),
        documentIds.get(DocumentType.POST).kind(),
        documentIds.get(DocumentType.REEL).kind());
  }

  private static <V> Map<DocumentKey, V> byId() {
    return new TreeMap<>(Comparator.comparing(DocumentKey::id).thenComparing(DocumentKey::type));
  }

  List<DocumentKey> allDocuments() {
    List<DocumentKey> all = new ArrayList<>();
    addDocuments(DocumentType.POST, POSTS, all);
    addDocuments(DocumentType.REEL, REELS, all);
    return all;
  }

  private void addDocuments(DocumentType type, int count, List<DocumentKey> all) {
    for (long id = 1; id <= count; id++) {
      all.add(new DocumentKey(type, documentIds.get(type).of(id)));
    }
  }

  /** One transaction. */
  void commit() {
    commit++;
    lsn = 0;
    int kind = simulation.draw(12);
    if (kind == 0) {
      deleteUser(anyUserEver());
    } else if (kind <= 3) {
      change(anyUserEver());
    } else if (simulation.oneIn(12)) {
      signUp();
    } else {
      List<DocumentKey> all = allDocuments();
      change(all.get(simulation.draw(all.size())));
    }
    documents.forEach(
        (document, row) -> {
          if (row.deleted || row.visibility.equals("unlisted") || !users.get(row.author).active) {
            blemished.add(document);
          }
        });
    blemished.addAll(gone.keySet());
  }

  private Id anyUserEver() {
    return userIds.of(1 + simulation.draw((int) lastUser));
  }

  boolean isSlotLost() {
    return slotLost;
  }

  private void change(Id id) {
    User before = users.get(id);
    int kind = simulation.draw(5);
    User after =
        before == null
            ? new User("user " + commit, "picture " + commit, true, simulation.oneIn(3), commit)
            : new User(
                kind == 0 ? "user " + commit : before.name,
                kind == 1 ? "picture " + commit : before.picture,
                before.active != (kind == 2),
                before.isPrivate != (kind == 3),
                commit);
    users.put(id, after);
    if (before != null && before.isPrivate != after.isPrivate) {
      switched.add(id);
    }
    steadySince.putIfAbsent(id, commit);
    if (!after.active) {
      goesAway(id);
    }
    append(CdcTable.USERS, id, json(id, after, before), version(CdcTable.USERS));
  }

  private void deleteUser(Id id) {
    if (users.size() < 2 || !users.containsKey(id)) {
      return;
    }
    for (DocumentKey document : List.copyOf(documents.keySet())) {
      if (documents.get(document).author.equals(id)) {
        delete(document);
      }
    }
    users.remove(id);
    switched.add(id);
    goesAway(id);
    append(CdcTable.USERS, id, null, version(CdcTable.USERS));
  }

  /** Somebody comes for the first time, and takes over some documents at once, or makes them. */
  private void signUp() {
    Id user = userIds.of(++lastUser);
    change(user);
    List<DocumentKey> all = allDocuments();
    for (int i = 1 + simulation.draw(5); i > 0; i--) {
      DocumentKey document = all.remove(simulation.draw(all.size()));
      put(document, new Document(user, "text " + commit, "public", false, commit));
    }
  }

  private void goesAway(Id user) {
    steadySince.put(user, Long.MAX_VALUE);
    wrote.getOrDefault(user, Set.of()).forEach(document -> leftAlone.put(document, commit));
  }

  /**
   * The last commit by which somebody went away who was the document's author at some time: may be
   * read before the one that had made it another's.
   */
  long leftAlone(DocumentKey document) {
    return leftAlone.getOrDefault(document, 0L);
  }

  /** Whether an account has always been private, or never. */
  boolean isAsEver(Id user) {
    return !switched.contains(user);
  }

  /** Whether a user has never been away. */
  boolean isSteady(Id user) {
    return steadySince.get(user) < Long.MAX_VALUE;
  }

  /** Whether a user is there since that commit, and has never been away. */
  boolean isSteady(Id user, long since) {
    return steadySince.get(user) <= since;
  }

  /** Whether all of a user's documents are told in one step of a change up to that commit. */
  boolean isToldAtOnce(Id user, long lsn) {
    return wrote.get(user).size() <= SimulatedSearch.AUTHOR_STEP && users.get(user).commit <= lsn;
  }

  /** The topic of events loses what is old, for who reads it from the beginning. */
  void forgetOldEvents() {
    for (int p = 0; p < events.partitions(); p++) {
      int first = events.end(p) - simulation.draw(2 * POSTS);
      firstEvents[p] = Math.max(firstEvents[p], first);
    }
    forgotten.clear();
    for (DocumentKey document : allDocuments()) {
      if (!mode.usesRows(document.type()) && !isInEvents(document)) {
        forgotten.add(document);
      }
    }
  }

  private boolean isInEvents(DocumentKey document) {
    int p = partition(document.id(), events);
    for (int i = firstEvents[p]; i < events.end(p); i++) {
      if (Arrays.equals(events.get(p, i).key(), utf8(document.id().toString()))) {
        return true;
      }
    }
    return false;
  }

  /** Where the topic of events begins. */
  int firstEvent(int partition) {
    return firstEvents[partition];
  }

  /** Whether the job may know nothing of a document that the index has. */
  boolean isForgotten(DocumentKey document) {
    return forgotten.contains(document);
  }

  private void change(DocumentKey document) {
    Document before = documents.get(document);
    if (before != null && simulation.oneIn(7)) {
      delete(document);
      return;
    }
    if (users.isEmpty()) {
      return;
    }
    Document after =
        before == null
            ? new Document(anyUser(), anyText(), anyVisibility(), false, commit)
            : switch (simulation.draw(6)) {
              case 0, 1 ->
                  new Document(anyUser(), before.text, before.visibility, before.deleted, commit);
              case 2 ->
                  new Document(
                      before.author, before.text, before.visibility, !before.deleted, commit);
              case 3 ->
                  new Document(before.author, before.text, anyVisibility(), before.deleted, commit);
              case 4 ->
                  new Document(
                      before.author, before.text, before.visibility, before.deleted, commit);
              default ->
                  new Document(before.author, anyText(), before.visibility, before.deleted, commit);
            };
    put(document, after);
  }

  private String anyVisibility() {
    return simulation.oneOf("public", "public", "unlisted", "followers", "private");
  }

  /** What is left of a row's visibility. */
  static String visibility(Document row, boolean isPrivate) {
    return isPrivate && !row.visibility.equals("private") ? "followers" : row.visibility;
  }

  private String anyText() {
    return simulation.oneIn(8) ? EARLIER : "text " + commit;
  }

  private void put(DocumentKey document, Document after) {
    Document before = documents.put(document, after);
    wrote.computeIfAbsent(after.author, any -> new HashSet<>()).add(document);
    gone.remove(document);
    CdcTable table = document.type().table();
    RowVersion version = version(table);
    append(table, document.id(), json(document, after, before, version), version);
    tell(document, before == null ? "created" : "updated", after);
  }

  /** As the product does it in the mode of events, in the order of commits. */
  private void tell(DocumentKey document, String action, Document after) {
    if (mode.usesRows(document.type())) {
      return;
    }
    lastMicros = Math.max(lastMicros + 2, simulation.now() * 1000);
    String updated = Instant.EPOCH.plus(lastMicros, ChronoUnit.MICROS).toString();
    String row =
        after == null
            ? "{\"id\":%s,\"updated_at\":\"%s\"}".formatted(node(document.id()), updated)
            : "{\"id\":%s,\"author_id\":%s,\"content\":\"%s\",\"visibility\":\"%s\",\"is_deleted\":%b,\"created_at\":\"2026-01-01T00:00:00Z\",\"updated_at\":\"%s\"}"
                .formatted(
                    node(document.id()),
                    node(after.author),
                    after.text,
                    after.visibility,
                    after.deleted,
                    updated);
    String event =
        "{\"event_id\":\"e%d\",\"action\":\"%s\",\"post\":%s}".formatted(lastMicros, action, row);
    int p = partition(document.id(), events);
    byte[] key = utf8(document.id().toString());
    events.append(
        p,
        new RawRecord(events.name(), p, events.end(p), simulation.now(), key, utf8(event)),
        simulation.now());
    forgotten.remove(document);
    simulation.note("event %s", event);
  }

  private Id anyUser() {
    List<Id> all = List.copyOf(users.keySet());
    return all.get(simulation.draw(all.size()));
  }

  private void delete(DocumentKey document) {
    documents.remove(document);
    holes.remove(document);
    gone.put(document, commit);
    CdcTable table = document.type().table();
    append(table, document.id(), null, version(table));
    tell(document, "deleted", null);
    if (likes.getOrDefault(document, 0L) > 0) {
      count(document, 0);
    }
  }

  /** Someone likes a document. */
  void like() {
    List<DocumentKey> all = List.copyOf(documents.keySet());
    if (!all.isEmpty()) {
      DocumentKey document = all.get(simulation.draw(all.size()));
      count(document, likes.getOrDefault(document, 0L) + 1);
    }
  }

  private void count(DocumentKey document, long number) {
    likes.put(document, number);
    int partition = partition(document.id(), counts);
    String json =
        "{\"target\":\"%s\",\"target_id\":%s,\"likes_count\":%d,\"version\":%d}"
            .formatted(document.type().target(), node(document.id()), number, ++countsVersion);
    counts.append(
        partition,
        new RawRecord(
            counts.name(), partition, counts.end(partition), simulation.now(), null, utf8(json)),
        simulation.now());
    simulation.note("%s %s has %d likes", document.type(), document.id(), number);
  }

  /** Ingest copies a heartbeat into every partition, unless it reads no stream. */
  void beat() {
    if (slotLost) {
      return;
    }
    for (CdcTable table : TABLES) {
      SimulatedTopic<CdcRecord> topic = rows.get(table);
      for (int p = 0; p < topic.partitions(); p++) {
        var beat =
            new Heartbeat(
                simulation.now() * 1000, commit, p, topic.partitions(), generations.get(table));
        topic.append(
            p,
            new CdcRecord(table, p, topic.end(p), simulation.now(), null, null, null, beat, null),
            simulation.now());
      }
    }
  }

  /** Ingest was restarted: the last rows of a partition come once more. */
  void repeat() {
    SimulatedTopic<CdcRecord> topic = anyTopic();
    int p = simulation.draw(topic.partitions());
    int end = topic.end(p);
    for (int i = Math.max(0, end - 1 - simulation.draw(8)); i < end; i++) {
      again(topic, p, topic.get(p, i));
    }
  }

  /** A writer that was frozen sends one row that is long replaced. */
  void late() {
    SimulatedTopic<CdcRecord> topic = anyTopic();
    int p = simulation.draw(topic.partitions());
    long oldest = simulation.now() - SimulatedSearch.RETENTION.toMillis() / 2;
    int first = topic.end(p);
    while (first > 0 && topic.get(p, first - 1).timestamp() >= oldest) {
      first--;
    }
    if (first < topic.end(p)) {
      again(topic, p, topic.get(p, first + simulation.draw(topic.end(p) - first)));
    }
  }

  private void again(SimulatedTopic<CdcRecord> topic, int partition, CdcRecord record) {
    if (record.version() != null && !slotLost) {
      simulation.note("again: %s", text(record));
      topic.append(partition, record, simulation.now());
    }
  }

  private SimulatedTopic<CdcRecord> anyTopic() {
    return rows.get(TABLES.get(simulation.draw(TABLES.size())));
  }

  /** The slot is lost: what is committed from now on is in no topic. */
  void loseSlot() {
    simulation.note("the slot is lost");
    slotLost = true;
  }

  /** All tables are read anew, under a new generation. */
  void snapshot() {
    if (!slotLost) {
      return;
    }
    simulation.note("all tables are read anew");
    slotLost = false;
    TABLES.forEach(table -> generations.merge(table, 1L, Long::sum));
    users.forEach(
        (id, user) ->
            append(
                CdcTable.USERS,
                id,
                json(id, user, null),
                new RowVersion(generations.get(CdcTable.USERS), 0)));
    documents.forEach(
        (document, row) -> {
          CdcTable table = document.type().table();
          RowVersion version = new RowVersion(generations.get(table), 0);
          append(table, document.id(), json(document, row, null, version), version);
        });
  }

  /** Whether what surfaces show that have passed a commit is the whole row. */
  boolean isWhole(DocumentKey document, long lsn) {
    return !holes.containsKey(document) && lsn > wholeBehind.getOrDefault(document, -1L);
  }

  /** TRUNCATE posts: nobody says of each that it is gone. */
  void truncate() {
    if (slotLost) {
      return;
    }
    commit++;
    simulation.note("truncate posts");
    generations.merge(CdcTable.POSTS, 1L, Long::sum);
    for (DocumentKey document : List.copyOf(documents.keySet())) {
      if (document.type() == DocumentType.POST) {
        documents.remove(document);
        holes.remove(document);
        gone.put(document, commit);
        blemished.add(document);
        if (likes.getOrDefault(document, 0L) > 0) {
          count(document, 0);
        }
      }
    }
  }

  private RowVersion version(CdcTable table) {
    return new RowVersion(generations.get(table), commit, ++lsn);
  }

  private void append(CdcTable table, Id id, String row, RowVersion version) {
    if (slotLost) {
      return;
    }
    boolean doubtful = row != null && row.contains(EARLIER);
    boolean ofEarlierBuild = doubtful && !row.contains(EARLIER + '"') && simulation.oneIn(2);
    String after = ofEarlierBuild ? row.replace(UNLOGGED, EARLIER) : row;
    String says = doubtful && !ofEarlierBuild ? ",\"unavailable\":\"" + UNLOGGED + '"' : "";
    SimulatedTopic<CdcRecord> topic = rows.get(table);
    int p = partition(id, topic);
    String envelope =
        after == null
            ? "{\"before\":null,\"after\":null,\"source\":{\"ts_ms\":%d},\"op\":\"d\"}"
                .formatted(simulation.now())
            : "{\"before\":null,\"after\":%s,\"source\":{\"ts_ms\":%d%s},\"op\":\"%s\"}"
                .formatted(after, simulation.now(), says, version.commit() == 0 ? "r" : "u");
    CdcRecord record =
        new CdcRecord(
            table,
            p,
            topic.end(p),
            simulation.now(),
            utf8("{\"id\":" + node(id) + "}"),
            utf8(envelope),
            version,
            null,
            null);
    simulation.note("%s", text(record));
    topic.append(p, record, simulation.now());
  }

  private static String text(CdcRecord record) {
    return record.table()
        + " "
        + record.version()
        + " "
        + new String(record.key(), StandardCharsets.UTF_8)
        + " "
        + new String(record.value(), StandardCharsets.UTF_8);
  }

  private String json(Id id, User user, User before) {
    return "{\"id\":%s,\"username\":\"u%s\",\"display_name\":\"%s\",\"avatar_url\":\"%s\",\"is_verified\":false,\"is_active\":%b%s}"
        .formatted(
            node(id),
            id,
            logged(user.name, before == null ? null : before.name),
            logged(user.picture, before == null ? null : before.picture),
            user.active,
            user.isPrivate || simulation.oneIn(2) ? ",\"is_private\":" + user.isPrivate : "");
  }

  private String json(DocumentKey key, Document row, Document before, RowVersion version) {
    String text = logged(row.text, before == null ? null : before.text);
    boolean cut = simulation.oneIn(10);
    if (!slotLost && mode.usesRows(key.type())) {
      if (cut || (text.equals(UNLOGGED) && holes.containsKey(key))) {
        text = UNLOGGED;
        holes.put(key, fill(key, row, version));
      } else if (holes.remove(key) != null && version.commit() == 0) {
        wholeBehind.put(key, commit);
      }
    }
    return "{\"id\":%s,\"author_id\":%s,\"%s\":\"%s\",\"visibility\":\"%s\",\"is_deleted\":%b,\"created_at\":\"2026-01-01T00:00:00Z\",\"updated_at\":\"2026-01-01T00:00:00Z\"}"
        .formatted(
            node(key.id()),
            node(row.author),
            key.type().textField(),
            text,
            row.visibility,
            row.deleted);
  }

  /** As reconcile reads it from the table. */
  private static String fill(DocumentKey key, Document row, RowVersion version) {
    return "{\"job\":\"search\",\"action\":\"fill\",\"target\":\"%s\",\"target_id\":%s,\"version\":\"%d:%d:%d\",\"row\":{\"author_id\":%s,\"text\":\"%s\",\"visibility\":\"%s\",\"is_deleted\":%b,\"created_at\":1767225600000000,\"updated_at\":1767225600000000}}"
        .formatted(
            key.type().target(),
            node(key.id()),
            version.generation(),
            version.commit(),
            version.lsn(),
            node(row.author),
            row.text,
            row.visibility,
            row.deleted);
  }

  /** What a change has left alone may not be logged. */
  private String logged(String now, String before) {
    return now.equals(before) && simulation.oneIn(2) ? UNLOGGED : now;
  }

  private static int partition(Id id, SimulatedTopic<?> topic) {
    return Math.floorMod(id.hashCode(), topic.partitions());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
