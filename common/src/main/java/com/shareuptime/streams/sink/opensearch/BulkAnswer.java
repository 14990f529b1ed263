package com.shareuptime.streams.sink.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What became of each item of a bulk request, by index and id: an answer need not be in the order
 * of its request.
 */
final class BulkAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_DETAIL = 500;

  /** How errors are named that are the index's, whatever the document: it is closed, or blocked. */
  private static final String OF_INDEX = "index_";

  /** What is to be done about an item. */
  enum Verdict {
    /** It is in the index, or something newer is. */
    DONE,
    /** The index has something newer already. */
    STALE,
    /** Its content is refused for good. */
    REFUSED,
    /** The cluster cannot take it now. */
    LATER
  }

  record Result(Verdict verdict, String detail) {}

  private static final Result MISSING = new Result(Verdict.LATER, "the answer does not name it");

  private final Map<String, Result> results = new HashMap<>();

  /**
   * Reads an answer.
   *
   * @throws IOException if it is none
   */
  static BulkAnswer parse(byte[] body) throws IOException {
    BulkAnswer answer = new BulkAnswer();
    for (JsonNode item : JSON.readTree(body).path("items")) {
      JsonNode action = item.elements().next();
      answer.results.put(
          key(action.path("_index").asText(), action.path("_id").asText()), judge(action));
    }
    return answer;
  }

  Result of(BulkItem item) {
    return results.getOrDefault(key(item.index(), item.id()), MISSING);
  }

  private static String key(String index, String id) {
    return index + "/" + id;
  }

  private static Result judge(JsonNode action) {
    int status = action.path("status").asInt();
    String error = action.path("error").toString();
    String detail = error.length() > MAX_DETAIL ? error.substring(0, MAX_DETAIL) : error;
    if (status < 300) {
      return new Result(Verdict.DONE, "");
    }
    return switch (status) {
      case 409 -> new Result(Verdict.STALE, "");
      // what is to be deleted is not there
      case 404 ->
          action.has("error") ? new Result(Verdict.LATER, detail) : new Result(Verdict.DONE, "");
      case 400, 413 ->
          action.path("error").path("type").asText().startsWith(OF_INDEX)
              ? new Result(Verdict.LATER, detail)
              : new Result(Verdict.REFUSED, detail);
      default -> new Result(Verdict.LATER, "status " + status + ": " + detail);
    };
  }
}
