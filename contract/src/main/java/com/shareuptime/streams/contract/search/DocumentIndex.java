package com.shareuptime.streams.contract.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What an index of documents is made with: settings, mappings, and the alias that readers name. */
public final class DocumentIndex {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DocumentIndex() {}

  /** As this build has it. */
  public static ObjectNode of(Target.Type type, IdKinds kinds) {
    String file = "/opensearch/" + type.table() + ".json";
    try (InputStream json = DocumentIndex.class.getResourceAsStream(file)) {
      return withIds((ObjectNode) JSON.readTree(json), type, kinds);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** The same with ids of these kinds: of numbers they are as they were, others are keywords. */
  public static ObjectNode withIds(ObjectNode index, Target.Type type, IdKinds kinds) {
    JsonNode fields = index.at("/mappings/properties");
    keyword(fields.path("id"), kinds.of(type));
    keyword(fields.at("/author/properties/id"), kinds.users());
    return index;
  }

  private static void keyword(JsonNode field, IdKind kind) {
    boolean isRight = kind == IdKind.NUMBER || field.path("type").asText().equals("keyword");
    if (!isRight && field instanceof ObjectNode known) {
      known.removeAll().put("type", "keyword"); // settings of numbers do not fit
    }
  }
}
