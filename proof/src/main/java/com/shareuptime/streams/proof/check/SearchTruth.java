package com.shareuptime.streams.proof.check;

import static com.shareuptime.streams.proof.server.ProductDatabase.array;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The documents that searches should find by SQL over the model's views, when nothing writes to the
 * tables; times in epoch µs.
 */
final class SearchTruth {
  /** A small number is the same as a large one. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  /** A private account is for followers at most. */
  private static final String VISIBILITY =
      "case when u.is_private and d.visibility <> 'private' then 'followers' else d.visibility end";

  private static final String FOUND =
      "not d.is_deleted and u.is_active and not (d.visibility = 'unlisted' and not u.is_private)";

  private static final String DOCUMENTS =
      """
      select d.id, jsonb_build_object(
               'id', d.id,
               'author', jsonb_build_object('id', u.id, 'username', u.username,
                 'display_name', u.display_name, 'avatar_url', u.avatar_url,
                 'is_verified', u.is_verified),
               '%2$s', d.%2$s,
               'visibility', {visibility},
               'created_at', %3$s,
               'updated_at', %4$s)
      from streams_model.%1$s d
      join streams_model.users u on u.id = d.author_id
      where {found}
      """
          .replace("{visibility}", VISIBILITY)
          .replace("{found}", FOUND);

  private static final String HIDDEN =
      """
      select d.id, concat_ws('/', d.version, u.version), %s
      from {documents} d
      join {users} u on u.id = d.author_id
      where %s
      """;

  private static final String NEWEST =
      " order by greatest(d.version::bigint, u.version::bigint) desc limit ?";

  /** What hides a post or reel from those who search, from some or from all. */
  enum Cause {
    /** Its own row, whatever the account is: of a private one, what is unlisted is found. */
    ROW(
        "d.is_deleted or d.visibility <> 'public'",
        "case when d.visibility = 'unlisted' then 'followers' else d.visibility end",
        "not d.is_deleted"),
    /** The account as well. */
    ACCOUNT("u.is_private or not u.is_active or d.visibility = 'unlisted'", VISIBILITY, FOUND);

    private final String condition;
    private final String visibility;

    Cause(String condition, String widest, String found) {
      this.condition = condition;
      this.visibility = "case when %s then %s end".formatted(found, widest);
    }
  }

  /**
   * Who may find something hidden, and the versions of the rows that say so: equal only if neither
   * has been changed, not even there and back.
   *
   * @param visibility the widest that the document may have; null if nobody may find it
   */
  record Hidden(String rows, String visibility) {}

  private SearchTruth() {}

  static Map<Id, JsonNode> read(Handle handle, IdKinds kinds, Target.Type type) {
    Truth counts = Truth.read(handle, kinds);
    String query =
        DOCUMENTS.formatted(
            type.table(),
            type.textColumn(),
            Truth.micros("d.created_at"),
            Truth.micros("d.updated_at"));
    return handle
        .select(query)
        .map(
            (row, context) -> {
              Id id = Id.ofSql(row.getObject(1));
              Counts of = counts.existing().getOrDefault(new Target(type, id), Counts.ZERO);
              return Map.entry(id, document(row.getString(2), of, kinds.countersOf(type)));
            })
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** So many that are hidden for this reason, those first whose rows were changed last. */
  static Map<Id, Hidden> hidden(Handle handle, Target.Type type, Cause cause, int newest) {
    String query = HIDDEN.formatted(cause.visibility, cause.condition) + NEWEST;
    return hidden(handle.createQuery(on(handle, type, query)).bind(0, newest));
  }

  /** The same of these, hidden or not. */
  static Map<Id, Hidden> hidden(
      Handle handle, IdKinds kinds, Target.Type type, Cause cause, Collection<Id> ids) {
    String query = HIDDEN.formatted(cause.visibility, "d.id = any (?)");
    return hidden(handle.createQuery(on(handle, type, query)).bind(0, array(kinds.of(type), ids)));
  }

  private static Map<Id, Hidden> hidden(Query query) {
    return query.reduceResultSet(
        new HashMap<>(),
        (all, row, context) -> {
          all.put(Id.ofSql(row.getObject(1)), new Hidden(row.getString(2), row.getString(3)));
          return all;
        });
  }

  private static String on(Handle handle, Target.Type type, String query) {
    VersionedRows rows = VersionedRows.read(handle);
    return query.replace("{documents}", rows.of(type.table())).replace("{users}", rows.of("users"));
  }

  private static JsonNode document(String json, Counts counts, List<CountedView> counters) {
    try {
      ObjectNode document = JSON.readValue(json, ObjectNode.class);
      counters.forEach(counter -> document.put(counter.name() + "_count", counts.of(counter)));
      return document;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Postgres wrote JSON that cannot be read", e);
    }
  }
}
