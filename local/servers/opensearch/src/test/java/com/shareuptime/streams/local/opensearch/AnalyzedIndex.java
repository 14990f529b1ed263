package com.shareuptime.streams.local.opensearch;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.env.Environment;
import org.opensearch.index.IndexSettings;
import org.opensearch.index.analysis.IndexAnalyzers;
import org.opensearch.indices.analysis.AnalysisModule;

/** How an index, made as the search job describes it, reads texts and queries. Needs no server. */
final class AnalyzedIndex {
  /** In bytes: Lucene refuses a document with a longer one. */
  private static final int LONGEST_TERM = 32_766;

  private final Map<String, Object> description;
  private final IndexAnalyzers analyzers;

  private record Token(String term, int position, int start, int end) {}

  private AnalyzedIndex(Map<String, Object> description, IndexAnalyzers analyzers) {
    this.description = description;
    this.analyzers = analyzers;
  }

  /** Of the index behind an alias. */
  static AnalyzedIndex of(String alias) throws IOException {
    Path file =
        Path.of("../../../contract/src/main/resources/opensearch", alias + ".json")
            .toAbsolutePath();
    Map<String, Object> description =
        XContentHelper.convertToMap(JsonXContent.jsonXContent, Files.readString(file), true);
    Settings node = Settings.builder().put("path.home", file.getParent()).build();
    Settings index =
        Settings.builder()
            .loadFromMap(map(description, "settings"))
            .normalizePrefix("index.")
            .put(IndexMetadata.SETTING_VERSION_CREATED, Version.CURRENT)
            .put(IndexMetadata.SETTING_NUMBER_OF_REPLICAS, 0)
            .put(IndexMetadata.SETTING_INDEX_UUID, alias)
            .build();
    return new AnalyzedIndex(
        description,
        new AnalysisModule(
                new Environment(node, file.getParent()), List.of(new CommonAnalysisPlugin()))
            .getAnalysisRegistry()
            .build(new IndexSettings(IndexMetadata.builder(alias).settings(index).build(), node)));
  }

  /** All that it is made with to read texts. */
  Map<String, Object> analysis() {
    return map(map(description, "settings"), "analysis");
  }

  /** Whether a text has each word of a query. */
  boolean finds(String text, String query) {
    Set<String> has = new HashSet<>();
    tokens("social", text).forEach(token -> has.add(token.term));
    List<Token> asked = tokens("social_query", query);
    return !asked.isEmpty() && asked.stream().allMatch(token -> has.contains(token.term));
  }

  /** Whether a text has the words of a query side by side, as it does for words in quotes. */
  boolean findsQuoted(String text, String query) {
    Set<List<Object>> has = new HashSet<>();
    tokens("social", text).forEach(token -> has.add(List.of(token.term, token.position)));
    List<Token> asked = tokens("social_query", query);
    return !asked.isEmpty()
        && has.stream()
            .anyMatch(
                from ->
                    asked.stream()
                        .allMatch(
                            token ->
                                has.contains(
                                    List.of(
                                        token.term,
                                        token.position
                                            - asked.get(0).position
                                            + (int) from.get(1)))));
  }

  /** A text with marks around what a query has found in it, overlapping ones made one. */
  String marked(String text, String query) {
    Set<String> asked = new HashSet<>();
    tokens("social_query", query).forEach(token -> asked.add(token.term));
    boolean[] found = new boolean[text.length()];
    for (Token token : tokens("social", text)) {
      if (asked.contains(token.term)) {
        Arrays.fill(found, token.start, token.end, true);
      }
    }
    StringBuilder marked = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (found[i] && (i == 0 || !found[i - 1])) {
        marked.append('[');
      }
      marked.append(text.charAt(i));
      if (found[i] && (i + 1 == text.length() || !found[i + 1])) {
        marked.append(']');
      }
    }
    return marked.toString();
  }

  /** As an analyzer reads a text. */
  List<String> terms(String analyzer, String text) {
    return tokens(analyzer, text).stream().map(Token::term).toList();
  }

  /** What a username is compared by. */
  String username(String name) {
    return analyzers.getNormalizer("folded").normalize("username", name).utf8ToString();
  }

  private List<Token> tokens(String analyzer, String text) {
    Analyzer reader = analyzers.get(analyzer);
    List<Token> tokens = new ArrayList<>();
    try (TokenStream stream = reader.tokenStream("text", new StringReader(text))) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
      PositionIncrementAttribute step = stream.addAttribute(PositionIncrementAttribute.class);
      stream.reset();
      int position = -1;
      int start = 0;
      while (stream.incrementToken()) {
        position += step.getPositionIncrement();
        tokens.add(new Token(term.toString(), position, offset.startOffset(), offset.endOffset()));
        if (position < 0
            || offset.startOffset() < start
            || offset.endOffset() < offset.startOffset()
            || offset.endOffset() > text.length()
            || term.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_TERM) {
          throw new IllegalStateException(
              "An index with offsets does not take the word " + term + " of " + text);
        }
        start = offset.startOffset();
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + text, e);
    }
    return tokens;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> of, String name) {
    return (Map<String, Object>) of.get(name);
  }
}
