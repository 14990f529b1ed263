package com.shareuptime.streams.cli.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.FreshStack;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Installation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Reindexes on a whole stack, with the real jobs on a real cluster, while posts are written and a
 * reader searches all along. One story, told in order.
 */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReindexIT {
  private static final long AUTHOR = 800_001;
  private static final int LASTING = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static FreshStack stack;
  private static Settings settings;
  private static Jobs jobs;
  private static OpenSearch openSearch;
  private static Connection product;

  private final List<String> lines = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final AtomicLong reads = new AtomicLong();
  private Thread reader;
  private Thread writer;
  private volatile boolean over;

  @BeforeAll
  static void start() throws Exception {
    stack = new FreshStack();
    jobs = stack.jobs();
    settings =
        Settings.ofJob(Installation.find().flinkConf(), "search").overriddenBy(stack.settings());
    openSearch = OpenSearch.of(settings).orElseThrow();
    product = Database.source(settings).connect();
    run(
        "insert into public.users (id, username, display_name) values (%d, 'lasting', 'L')"
            .formatted(AUTHOR),
        "insert into public.posts (id, author_id, content) overriding system value select %d + i, %d, 'lasting text' from generate_series(1, %d) i"
            .formatted(AUTHOR, AUTHOR, LASTING));
    stack.submit(List.of("ingest"));
    jobs.submit(
        "search",
        settings.overriddenBy(new Settings(Map.of("search.vectors", "true"))),
        Optional.empty(),
        OptionalInt.of(2));
    await().atMost(PATIENCE).until(() -> lasting().size() == LASTING);
  }

  @AfterAll
  static void stop() throws Exception {
    run("delete from public.users where id = %d".formatted(AUTHOR));
    product.close();
    stack.leave();
  }

  @BeforeEach
  void readAndWriteAllAlong() {
    reader = thread(this::look);
    writer = thread(this::post);
  }

  @AfterEach
  void nobodySawAnything() throws Exception {
    over = true;
    reader.join();
    writer.join();
    assertThat(violations).isEmpty();
    assertThat(reads.get()).isPositive();
  }

  @Test
  @Order(1)
  void aDryRunChangesNothing() {
    with(
        reindex ->
            assertThat(reindex.plan(usual()))
                .anySatisfy(line -> assertThat(line).contains("posts_v2"))
                .last()
                .isEqualTo("Nothing was changed."));
    assertThat(openSearch.exists("/posts_v2")).isFalse();
    assertThatThrownBy(
            () ->
                with(
                    reindex ->
                        reindex.plan(
                            new IndexDescription("{\"mappings\":{\"properties\":{\"a\":1}}}"))))
        .isInstanceOf(CommandException.class);
  }

  /** An end at whatever line it says is a crash between two steps. */
  @Test
  @Order(2)
  void howeverOftenItIsInterruptedItGoesOnAndSwapsInTheEnd() {
    int interruptions = 0;
    while (isInterruptedAtLine(interruptions + 1)) {
      interruptions++;
    }
    assertThat(interruptions).isGreaterThanOrEqualTo(3);
    assertThat(openSearch.behind("posts")).contains("posts_v2");
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("verified: the same"));
    assertThat(jobs.flink().active("reindex-posts")).isPresent();
    runsAsGiven("reindex-posts");
  }

  /** What was given key by key when {@code search} was submitted, and stands in no file. */
  private static void runsAsGiven(String job) {
    String id = jobs.flink().active(job).orElseThrow().id();
    assertThat(jobs.flink().parallelism(id)).as("parallelism of " + job).isEqualTo(2);
    assertThat(jobs.flink().operators(id))
        .as("only a run with vectors reads them")
        .anySatisfy(name -> assertThat(name).contains("vectors"));
  }

  /** False if it had come to its end by then. */
  private boolean isInterruptedAtLine(int number) {
    int[] said = {0};
    try {
      with(
          line -> {
            lines.add(line);
            if (++said[0] == number && !line.contains("Both are kept fresh")) {
              throw new IllegalStateException("killed");
            }
          },
          reindex -> reindex.start(Optional.empty(), usual(), false));
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @Test
  @Order(3)
  void progressWaitsForTheSlowerIndex() throws Exception {
    openSearch.ask("PUT", "/posts_v1/_settings", "{\"index.blocks.write\":true}");
    long position = write("held back");
    await().atMost(PATIENCE).until(() -> visible("posts_v2") >= position);
    assertThat(visible("search.posts")).isLessThan(position);
    openSearch.ask("PUT", "/posts_v1/_settings", "{\"index.blocks.write\":false}");
    await().atMost(PATIENCE).until(() -> visible("search.posts") >= position);
  }

  @Test
  @Order(4)
  void backAtOnceAndNothingOfTheMeantimeIsMissing() throws Exception {
    long position = write("of the meantime");
    jobs.stop("search"); // as a --finish leaves it that was interrupted
    with(Reindex::rollback);
    runsAsGiven("search");
    assertThat(openSearch.behind("posts")).contains("posts_v1");
    assertThat(visible("posts_v1")).isGreaterThanOrEqualTo(position);
    assertThat(found("meantime")).hasSize(1);
  }

  @Test
  @Order(5)
  void finishedAfterTheWayBackNothingIsLeftOfTheNewIndex() {
    with(Reindex::finish);
    assertThat(openSearch.exists("/posts_v2")).isFalse();
    assertThat(jobs.flink().active("reindex-posts")).isEmpty();
    with(Reindex::finish); // there is nothing left to do
    assertThatThrownBy(() -> with(Reindex::rollback)).isInstanceOf(CommandException.class);
  }

  @Test
  @Order(6)
  void finishedAfterTheSwapSearchWritesTheNewIndexAndTheOldOneStaysIfWanted() throws Exception {
    with(reindex -> reindex.start(Optional.empty(), usual(), true));
    assertThat(openSearch.behind("posts")).contains("posts_v2");
    long deleted = lateInTheNewIndex();
    Thread finishing = thread(() -> with(Reindex::finish));
    await()
        .atMost(PATIENCE)
        .until(() -> jobs.flink().active("search").isEmpty() || !finishing.isAlive());
    openSearch.ask("PUT", "/posts_v2/_settings", "{\"index.blocks.write\":false}");
    finishing.join();
    assertThat(jobs.flink().active("reindex-posts")).isEmpty();
    runsAsGiven("search");
    await().atMost(PATIENCE).until(() -> visible("search.posts") >= deleted);
    assertThat(found("doomed")).as("deleted, and promised to be so").isEmpty();
    assertThat(openSearch.exists("/posts_v1")).isTrue();
    long position = write("afterwards");
    await().atMost(PATIENCE).until(() -> visible("search.posts") >= position);
    assertThat(found("afterwards")).hasSize(1);
  }

  /**
   * A post is deleted while the second run cannot write, so that only the first index lacks it.
   * Returns a position behind that.
   */
  private static long lateInTheNewIndex() throws SQLException {
    long written = write("doomed");
    await().atMost(PATIENCE).until(() -> visible("search.posts") >= written);
    assertThat(found("doomed")).hasSize(1);
    openSearch.ask("PUT", "/posts_v2/_settings", "{\"index.blocks.write\":true}");
    run("delete from public.posts where content = 'doomed'");
    long deleted = position();
    await().atMost(PATIENCE).until(() -> visible("posts_v1") >= deleted);
    return deleted;
  }

  @Test
  @Order(7)
  void twoAtOnceAreRefused() {
    with(
        one ->
            assertThatThrownBy(() -> with(other -> other.rollback()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("Another reindex"));
  }

  // --- in the words of the tests

  private static IndexDescription usual() {
    return IndexDescription.ofBuild("posts", IdKinds.NUMBERS);
  }

  private void with(Consumer<Reindex> action) {
    with(lines::add, action);
  }

  private static void with(Consumer<String> out, Consumer<Reindex> action) {
    try (IndexRegistry registry = IndexRegistry.open(Database.sink(settings))) {
      registry.lock();
      action.accept(new Reindex("posts", openSearch, registry, jobs, settings, out));
    }
  }

  private void look() {
    while (!over) {
      int found = lasting().size();
      if (found != LASTING) {
        violations.add("found " + found);
      }
      reads.incrementAndGet();
    }
  }

  private void post() {
    try (Connection connection = Database.source(settings).connect();
        Statement statement = connection.createStatement()) {
      while (!over) {
        statement.execute(
            "insert into public.posts (author_id, content) values (%d, 'passing'); delete from public.posts where content = 'passing' and random() < 0.3; update public.posts set likes_count = likes_count + 1 where id = %d"
                .formatted(AUTHOR, AUTHOR + 1));
        Thread.sleep(20);
      }
    } catch (SQLException e) {
      violations.add(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns a position that is behind the write. */
  private static long write(String text) throws SQLException {
    run("insert into public.posts (author_id, content) values (%d, '%s')".formatted(AUTHOR, text));
    return position();
  }

  private static long position() throws SQLException {
    return number("select (pg_current_wal_insert_lsn() - '0/0')::bigint");
  }

  /** Of an index, or of a surface. */
  private static long visible(String name) throws SQLException {
    return number(
        ("select coalesce(max((visible_lsn - '0/0')::bigint), 0) from"
                + " (select name, visible_lsn from streams.search_indexes"
                + " union all select surface, visible_lsn from streams.pipeline_progress) p"
                + " where name = '%s'")
            .formatted(name));
  }

  private static synchronized void run(String... statements) throws SQLException {
    try (Statement statement = product.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static synchronized long number(String query) throws SQLException {
    try (Statement statement = product.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Set<Long> lasting() {
    return found("lasting");
  }

  private static Set<Long> found(String word) {
    JsonNode hits =
        openSearch
            .ask(
                "POST",
                "/posts/_search",
                "{\"size\":1000,\"_source\":[\"id\"],\"query\":{\"match\":{\"content\":\"%s\"}}}"
                    .formatted(word))
            .path("hits")
            .path("hits");
    Set<Long> ids = new HashSet<>();
    hits.forEach(hit -> ids.add(hit.path("_source").path("id").asLong()));
    return ids;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
