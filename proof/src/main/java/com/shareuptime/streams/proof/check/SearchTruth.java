package com.shareuptime.streams.proof.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** The documents that searches should find by SQL over the product's tables; times in epoch µs. */
final class SearchTruth {
  /** A small number is the same as a large one. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  private static final String DOCUMENTS =
      """
      select d.id, jsonb_build_object(
               'id', d.id,
               'author', jsonb_build_object('id', u.id, 'username', u.username,
                 'display_name', u.display_name, 'avatar_url', u.avatar_url,
                 'is_verified', u.is_verified),
               '%2$s', d.%2$s,
               'visibility', d.visibility,
               'likes_count', coalesce(l.n, 0),
               'comments_count', coalesce(c.n, 0),
               'shares_count', coalesce(s.n, 0),
               'created_at', (case d.created_at when 'infinity' then 9223372036854775807 when '-infinity' then -9223372036854775808
                                   else least(extract(epoch from d.created_at) * 1000000, 9223372036854775806) end)::bigint,
               'updated_at', (case d.updated_at when 'infinity' then 9223372036854775807 when '-infinity' then -9223372036854775808
                                   else least(extract(epoch from d.updated_at) * 1000000, 9223372036854775806) end)::bigint)
      from public.%1$s d
      join public.users u on u.id = d.author_id
      left join (select target_id, count(*) n from public.likes
                 where target_type = ? group by 1) l on l.target_id = d.id
      left join (select target_id, count(*) n from public.comments
                 where target_type = ? and not is_deleted group by 1) c on c.target_id = d.id
      left join (select post_id as target_id, count(*) n from public.shares
                 where ? = 'post' group by 1) s on s.target_id = d.id
      where not d.is_deleted and u.is_active
      """;

  private SearchTruth() {}

  static Map<Long, JsonNode> read(Connection connection, Target.Type type) throws SQLException {
    String query = DOCUMENTS.formatted(type.table(), type.textColumn());
    Map<Long, JsonNode> documents = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int parameter = 1; parameter <= 3; parameter++) {
        statement.setString(parameter, type.label());
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          documents.put(row.getLong(1), JSON.readTree(row.getString(2)));
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Postgres wrote JSON that cannot be read", e);
    }
    return documents;
  }
}
