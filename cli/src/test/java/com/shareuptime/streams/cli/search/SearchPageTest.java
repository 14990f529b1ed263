package com.shareuptime.streams.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for services shows the very queries that are asked. */
class SearchPageTest {
  private static final Path ROOT = Installation.find().root();
  private static final Path QUERIES =
      ROOT.resolve("client/src/main/resources/com/shareuptime/streams/client/search");
  private static final Pattern SHOWN =
      Pattern.compile(
          "\\[`(?<name>[a-z-]+)\\.json`]\\([^)]*\\)\n\n```json\n(?<json>.*?)```", Pattern.DOTALL);

  @Test
  void eachQueryIsShownAsItIs() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/search-reading.md"));
    List<String> shown = new ArrayList<>();
    for (Matcher found = SHOWN.matcher(page); found.find(); ) {
      String name = found.group("name");
      shown.add(name + ".json");
      assertThat(found.group("json"))
          .as(name)
          .isEqualTo(Files.readString(QUERIES.resolve(name + ".json")));
    }
    try (Stream<Path> files = Files.list(QUERIES)) {
      assertThat(shown)
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void thePackageForNodeHasTheVeryQueries() throws IOException {
    Path packed = ROOT.resolve("client-node/queries/search");
    try (Stream<Path> files = Files.list(QUERIES)) {
      for (Path file : files.toList()) {
        assertThat(packed.resolve(file.getFileName())).hasSameTextualContentAs(file);
      }
    }
    for (String statement : List.of("shown.sql", "newest.sql", "counters.sql")) {
      assertThat(ROOT.resolve("client-node/queries").resolve(statement))
          .hasSameTextualContentAs(QUERIES.resolveSibling(statement));
    }
  }

  @Test
  void thePackageForNodeAsksForAsManyWords() throws IOException {
    String query = Files.readString(ROOT.resolve("client-node/lib/search-query.mjs"));
    for (Sort sort : Sort.values()) {
      assertThat(query).contains(sort + ": \"" + sort.agreement("coffee") + "\"");
    }
    assertThat(query)
        .contains("relevance: \"" + Sort.RELEVANCE.agreement("天気予報") + "\" };")
        .contains("relevance: \"" + Sort.RELEVANCE.agreement("コーヒー") + "\" };");
    assertThat(query).contains("LONGEST_TEXT = " + SearchQuery.LONGEST_TEXT + ";");
  }
}
