package com.shareuptime.streams.cli.hole;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.TextPrefix;
import com.shareuptime.streams.contract.control.ControlJson;
import com.shareuptime.streams.contract.control.ControlMessage;
import com.shareuptime.streams.contract.truth.DocumentQueries;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A post, reel or user as the table has it, its texts up to a size that a message to a job can
 * have.
 *
 * @param kinds what ids are
 * @param json the columns that documents show, as the job search reads them
 */
record TableRow(Id id, IdKinds kinds, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> QUERIES =
      Map.of(
          "posts",
          DocumentQueries.row(Target.Type.POST),
          "reels",
          DocumentQueries.row(Target.Type.REEL),
          "users",
          DocumentQueries.AUTHOR);

  /** Reads it; empty if it is gone. */
  static Optional<TableRow> read(Database source, Hole hole) {
    IdKinds kinds = source.kinds();
    Id id = id(hole, kinds);
    String json = "select row_to_json(r)::text from (%s) r".formatted(QUERIES.get(hole.table()));
    return source.ask(
        handle ->
            handle
                .select(json, id)
                .mapTo(String.class)
                .findOne()
                .map(row -> new TableRow(id, kinds, tree(row))));
  }

  private static Id id(Hole hole, IdKinds kinds) {
    IdKind kind =
        switch (hole.table()) {
          case "posts" -> kinds.posts();
          case "reels" -> kinds.reels();
          default -> kinds.users();
        };
    return kind.read(tree(hole.key()).path("id"));
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("'%.80s' is not JSON".formatted(json), e);
    }
  }

  /** Whether it has more than was read of it, which is what surfaces get. */
  boolean isCut() {
    return List.of("text", "username", "display_name", "avatar_url").stream()
        .anyMatch(column -> TextPrefix.isCut(json.path(column).asText("")));
  }

  /** What the job search is told. */
  ControlMessage message(Hole hole) {
    String target = hole.table().substring(0, hole.table().length() - 1);
    return ControlJson.fill(target, id, hole.version(), json, kinds);
  }
}
