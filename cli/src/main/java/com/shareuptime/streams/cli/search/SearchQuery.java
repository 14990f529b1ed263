package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.text.Normalizer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a reader who is not signed in asks for. Whatever the text is, OpenSearch understands the
 * query.
 *
 * @param text as typed, its letters composed; blank asks for everything
 * @param author whose documents alone: an id, or a username, with {@code @} or, if it is no number,
 *     without; blank: all
 * @param size hits a page
 * @param after the page before
 * @param now from which age is counted
 */
public record SearchQuery(
    Sort sort, String text, String author, int size, Optional<SearchCursor> after, Instant now) {
  /** So many hits may be asked for at once. */
  public static final int LARGEST_PAGE = 100;

  /**
   * Characters of a text that are searched for. All words, each with its misspellings in each
   * field, must stay below the 1,024 clauses that OpenSearch takes.
   */
  static final int LONGEST_TEXT = 128;

  /** So many documents are found by words and by meaning, each, before they are put together. */
  private static final int CANDIDATES = LARGEST_PAGE;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*[\\p{L}\\p{N}][^\"]*\"");
  private static final Pattern ID = Pattern.compile("\\d{1,19}");

  public SearchQuery {
    text = composed(text);
    int length = text.codePointCount(0, text.length());
    text = text.substring(0, text.offsetByCodePoints(0, Math.min(length, LONGEST_TEXT))).strip();
    author = composed(author).strip();
  }

  /**
   * Some keyboards and file systems write a letter and its marks apart. The indexes read both
   * alike, but for syllables of Hangul, and those of an earlier build read only what is composed.
   */
  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** The first page of all authors. */
  public static SearchQuery of(Sort sort, String text, int size) {
    return new SearchQuery(sort, text, "", size, Optional.empty(), Instant.now());
  }

  /** By its words, as OpenSearch takes it. */
  public ObjectNode body() {
    return (ObjectNode) SearchTemplate.fill(sort.toString(), values());
  }

  /**
   * By what the text means alone, as OpenSearch takes it: the nearest documents, however far. Knows
   * neither the order nor pages: only the first is to be asked for.
   *
   * @param vector of the text, by the model that the documents' vectors are of
   */
  public ObjectNode semantic(float[] vector) {
    return (ObjectNode) SearchTemplate.fill("semantic", values(vector));
  }

  /**
   * By its words and by what they mean, as OpenSearch takes it: scores of both are brought to 0 to
   * 1 and summed with weights. A document without a vector is found by its words. Knows neither the
   * order nor pages: only the first is to be asked for.
   *
   * @param vector of the text, by the model that the documents' vectors are of
   */
  public ObjectNode hybrid(float[] vector) {
    return (ObjectNode) SearchTemplate.fill("hybrid", values(vector));
  }

  private Map<String, JsonNode> values(float[] vector) {
    Map<String, JsonNode> values = values();
    ArrayNode numbers = NODES.arrayNode();
    for (float number : vector) {
      numbers.add(number);
    }
    values.put("vector", numbers);
    values.put("candidates", NODES.numberNode(CANDIDATES));
    values.put("nearest", SearchTemplate.fill("nearest", values));
    return values;
  }

  private Map<String, JsonNode> values() {
    Map<String, JsonNode> values = new HashMap<>();
    values.put("size", NODES.numberNode(size));
    values.put("match", match());
    values.put("visible", SearchTemplate.read("visible"));
    values.put("highlight", SearchTemplate.read("highlight"));
    values.put("now", NODES.textNode(now.toString()));
    if (!author.isEmpty()) {
      values.put("author", writtenBy());
    }
    if (QUOTED.matcher(text).find()) {
      values.put("quoted", SearchTemplate.fill("quoted", Map.of("text", NODES.textNode(text))));
    }
    after.ifPresentOrElse(
        cursor -> values.put("after", cursor.after()),
        // the same on every page: once is enough
        () -> values.put("facets", SearchTemplate.read("facets")));
    return values;
  }

  /** The words that a document must have. */
  private JsonNode match() {
    if (text.isEmpty()) {
      return NODES.objectNode().set("match_all", NODES.objectNode());
    }
    return SearchTemplate.fill(
        "match",
        Map.of("text", NODES.textNode(text), "agreement", NODES.textNode(sort.agreement(text))));
  }

  private static boolean isId(String author) {
    return ID.matcher(author).matches() && new BigInteger(author).bitLength() < Long.SIZE;
  }

  private static JsonNode named(String username) {
    return SearchTemplate.fill("author-name", Map.of("author", NODES.textNode(username)));
  }

  /** Where ids are texts, it may be one; where they are numbers, it is none, which is no error. */
  private JsonNode namedOrId() {
    ObjectNode either = NODES.objectNode();
    ArrayNode should = either.putObject("bool").putArray("should");
    should
        .addObject()
        .putObject("match")
        .putObject("author.id")
        .put("query", author)
        .put("lenient", true);
    should.add(named(author));
    return either;
  }

  private JsonNode writtenBy() {
    if (isId(author)) {
      return SearchTemplate.fill(
          "author-id", Map.of("author", NODES.numberNode(Long.parseLong(author))));
    }
    return author.startsWith("@") ? named(author.substring(1)) : namedOrId();
  }
}
