package com.shareuptime.streams.proof.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.proof.Servers;
import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import com.shareuptime.streams.proof.check.FeedPages.Page;
import com.shareuptime.streams.proof.check.FeedPages.Source;
import com.shareuptime.streams.proof.check.SearchTruth.Cause;
import com.shareuptime.streams.proof.server.ProductDatabase;
import com.shareuptime.streams.proof.traffic.Product;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What an owner has hidden is seen by the checker wherever a surface shows it. */
class HiddenPostsIT {
  private static final Id PUBLIC = Id.of(10);
  private static final Id UNLISTED = Id.of(11);
  private static final Id FOLLOWERS = Id.of(12);
  private static final Id PRIVATE = Id.of(13);
  private static final Id ANSWER = Id.of(14);
  private static final Id PUBLIC_OF_A_PRIVATE_ACCOUNT = Id.of(20);
  private static final Id UNLISTED_OF_A_PRIVATE_ACCOUNT = Id.of(21);
  private static final Id PRIVATE_OF_A_PRIVATE_ACCOUNT = Id.of(23);

  private static final Map<Violation, Long> ONE = Map.of(Violation.HIDDEN_SHOWN, 1L);

  /** 3 reads 1, who is public, and 2, whose account is private. */
  private static final String ROWS =
      """
      insert into accounts (id, username, locked, created_at, updated_at)
      values (1, 'public', false, now(), now()), (2, 'private', true, now(), now()),
             (3, 'reader', false, now(), now());
      insert into follows (account_id, target_account_id, created_at, updated_at)
      values (3, 1, now(), now()), (3, 2, now(), now());
      insert into statuses (id, account_id, visibility, in_reply_to_id, created_at, updated_at)
      values (10, 1, 0, null, '2020-01-01 00:00:10', now()),
             (11, 1, 1, null, '2020-01-01 00:00:11', now()),
             (12, 1, 2, null, '2020-01-01 00:00:12', now()),
             (13, 1, 3, null, '2020-01-01 00:00:13', now()),
             (14, 1, 0, 10, '2020-01-01 00:00:14', now()),
             (20, 2, 0, null, '2020-01-01 00:00:20', now()),
             (21, 2, 1, null, '2020-01-01 00:00:21', now()),
             (23, 2, 3, null, '2020-01-01 00:00:23', now());
      """;

  private Product product;
  private Handle handle;
  private OpenSearch openSearch;

  @BeforeEach
  void writeRows() throws Exception {
    product = Servers.hiding();
    handle = ProductDatabase.at(product.addresses()).open();
    handle.execute("truncate accounts cascade");
    handle.execute(ROWS);
    LocalStack stack = LocalStack.shared(Set.of(Server.OPENSEARCH));
    openSearch = OpenSearch.at(stack.openSearchUrl());
    index("posts");
  }

  @AfterEach
  void emptyTheSurfaces() throws Exception {
    handle.execute("truncate accounts cascade");
    handle.execute("truncate streams.trending, streams.pipeline_progress");
    handle.close();
    try (Jedis redis = product.addresses().redis()) {
      redis.flushAll();
    }
    openSearch.drop("posts_v1");
  }

  @Test
  void aFeedHasWhatFollowersMaySeeAndNoAnswers() throws Exception {
    assertThat(newestOf(Id.of(3)))
        .extracting(Entry::postId)
        .containsExactly(
            UNLISTED_OF_A_PRIVATE_ACCOUNT,
            PUBLIC_OF_A_PRIVATE_ACCOUNT,
            FOLLOWERS,
            UNLISTED,
            PUBLIC);
    assertThat(pages(UnaryOperator.identity()).isNone()).isTrue();
  }

  @Test
  void anAnswerOnAPageIsTooMuch() throws Exception {
    Entry answer = new Entry(ANSWER, Instant.parse("2020-01-01T00:00:14Z").toEpochMilli() * 1_000);
    Differences found =
        pages(
            right ->
                right.contains(answer) || right.size() < 5
                    ? right
                    : Stream.concat(right.stream(), Stream.of(answer))
                        .sorted((one, other) -> Long.compare(other.createdAt(), one.createdAt()))
                        .toList());

    assertThat(found.count(Differences.Kind.EXTRA)).isOne();
    assertThat(found.count()).isOne();
  }

  @Test
  void aSearchFindsWhatIsListedAndCapsWhatIsOfAPrivateAccount() {
    Map<Id, JsonNode> truth = SearchTruth.read(handle, IdKinds.NUMBERS, Target.Type.POST);

    assertThat(truth)
        .hasSize(7)
        .doesNotContainKey(UNLISTED)
        .hasEntrySatisfying(PUBLIC, is("public"))
        .hasEntrySatisfying(FOLLOWERS, is("followers"))
        .hasEntrySatisfying(PRIVATE, is("private"))
        .hasEntrySatisfying(ANSWER, is("public"))
        .hasEntrySatisfying(PUBLIC_OF_A_PRIVATE_ACCOUNT, is("followers"))
        .hasEntrySatisfying(UNLISTED_OF_A_PRIVATE_ACCOUNT, is("followers"))
        .hasEntrySatisfying(PRIVATE_OF_A_PRIVATE_ACCOUNT, is("private"));
  }

  private static Consumer<JsonNode> is(String visibility) {
    return document -> assertThat(document.path("visibility").asText()).isEqualTo(visibility);
  }

  @Test
  void rightDocumentsAreFoundRight() throws Exception {
    allDocuments();

    SurfaceResult found = search();
    assertThat(found.isRight()).as("%s", found).isTrue();
    assertThat(found.compared()).isEqualTo(7);
    assertThat(watched(Cause.ROW).violations()).isEmpty();
    assertThat(watched(Cause.ACCOUNT).violations()).isEmpty();
    assertThat(watched(Cause.ROW).reads()).isEqualTo(5);
    assertThat(watched(Cause.ACCOUNT).reads()).isEqualTo(4);
  }

  @Test
  void aDocumentOfAnUnlistedPostIsTooMuch() throws Exception {
    allDocuments();
    put(document(PUBLIC).put("id", 11).put("visibility", "unlisted"));

    assertThat(search().extra()).isOne();
    assertThat(watched(Cause.ROW).violations()).isEqualTo(ONE);
    assertThat(watched(Cause.ACCOUNT).violations()).isEqualTo(ONE);
  }

  /** That the account is private no more reaches documents later than what a row says. */
  @Test
  void whatWasForFollowersOfAPrivateAccountIsUnlistedWithTheAccount() throws Exception {
    allDocuments();
    put(document(PUBLIC).put("id", 11).put("visibility", "followers"));

    assertThat(watched(Cause.ROW).violations()).isEmpty();
    assertThat(watched(Cause.ACCOUNT).violations()).isEqualTo(ONE);
  }

  @Test
  void whatIsChangedThereAndBackMeanwhileIsNotJudged() throws Exception {
    allDocuments();
    put(document(PUBLIC).put("id", 11).put("visibility", "unlisted"));
    SearchWatcher watcher = new SearchWatcher(product, Target.Type.POST);
    FutureTask<Void> look =
        new FutureTask<>(
            () -> {
              watcher.look(Cause.ROW, Duration.ZERO);
              return null;
            });
    Thread reader = new Thread(look);
    reader.start();
    await().until(() -> reader.getState() == Thread.State.TIMED_WAITING); // for progress

    handle.execute("update statuses set visibility = 0 where id = 11");
    handle.execute("update statuses set visibility = 1 where id = 11");
    allIsServed();

    assertThat(look.get()).isNull();
    assertThat(watcher.sightings().violations()).isEmpty();
    assertThat(watcher.sightings().reads()).isEqualTo(5);
    watcher.close();
  }

  @Test
  void aDocumentOfAPrivateAccountThatIsForEverybodyIsWrong() throws Exception {
    allDocuments();
    put(document(PUBLIC_OF_A_PRIVATE_ACCOUNT).put("visibility", "public"));

    assertThat(search().wrong()).isOne();
    assertThat(watched(Cause.ROW).violations()).isEmpty();
    assertThat(watched(Cause.ACCOUNT).violations()).isEqualTo(ONE);
  }

  @Test
  void aListHasWhatIsPublicOfPublicAccountsAlone() throws Exception {
    list(PUBLIC, ANSWER);
    assertThat(lists()).allMatch(SurfaceResult::isRight).allMatch(list -> list.compared() == 2);

    list(PUBLIC, UNLISTED, FOLLOWERS, PRIVATE, PUBLIC_OF_A_PRIVATE_ACCOUNT, Id.of(99));
    assertThat(lists()).extracting(SurfaceResult::extra).containsExactly(5L, 5L);
  }

  private List<Entry> newestOf(Id user) {
    return FeedTruth.entries(FeedTruth.read(handle, IdKinds.NUMBERS, List.of(user), 200).get(user));
  }

  private Differences pages(UnaryOperator<List<Entry>> served) throws Exception {
    FeedPages reader =
        (user, after, size) -> {
          try (Handle own = ProductDatabase.at(product.addresses()).open()) {
            List<Entry> right =
                FeedTruth.entries(
                    FeedTruth.read(own, IdKinds.NUMBERS, List.of(user), 200).get(user));
            return new Page(
                served.apply(right).stream()
                    .filter(entry -> entry.isOlderThan(after))
                    .limit(size)
                    .toList(),
                Source.REDIS,
                true);
          }
        };
    return PageComparison.of(product, reader).differences();
  }

  private void index(String alias) throws Exception {
    openSearch.drop(alias + "_v1");
    String mapping =
        Files.readString(
            Installation.find()
                .root()
                .resolve("contract/src/main/resources/opensearch/" + alias + ".json"));
    JsonNode unused = openSearch.ask("PUT", "/" + alias + "_v1", mapping);
  }

  /** What a right job writes. */
  private void allDocuments() {
    List<Id> all = new ArrayList<>();
    SearchTruth.read(handle, IdKinds.NUMBERS, Target.Type.POST).keySet().forEach(all::add);
    all.forEach(id -> put(document(id)));
  }

  private ObjectNode document(Id id) {
    ObjectNode document =
        SearchTruth.read(handle, IdKinds.NUMBERS, Target.Type.POST).get(id).deepCopy();
    for (String time : List.of("created_at", "updated_at")) {
      if (document.hasNonNull(time)) {
        long micros = document.path(time).asLong();
        document.put(
            time, Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000).toString());
      }
    }
    return document.put("hidden", false);
  }

  private void put(ObjectNode document) {
    JsonNode unused =
        openSearch.ask(
            "PUT",
            "/posts_v1/_doc/" + document.path("id").asText() + "?refresh=true",
            document.toString());
  }

  private SurfaceResult search() throws Exception {
    return new SearchCheck(product).finish(Duration.ZERO).get(0);
  }

  private void allIsServed() throws Exception {
    try (Jedis redis = product.addresses().redis()) {
      PipelineByHand.pass(handle, redis, "search.posts", Lsn.parse("FFFFFFFF/0"));
    }
  }

  private Sightings watched(Cause cause) throws Exception {
    allIsServed();
    SearchWatcher watcher = new SearchWatcher(product, Target.Type.POST);
    try {
      watcher.look(cause, Duration.ZERO);
      return watcher.sightings();
    } finally {
      watcher.close();
    }
  }

  private void list(Id... posts) throws Exception {
    handle.execute("truncate streams.trending");
    try (Jedis redis = product.addresses().redis()) {
      long unused = redis.del("trending:posts:1h");
      for (int rank = 1; rank <= posts.length; rank++) {
        Id post = posts[rank - 1];
        handle.execute(
            "insert into streams.trending values ('posts:1h', ?, 'post', ?, ?, now())",
            rank,
            post,
            1.0 / rank);
        unused = redis.zadd("trending:posts:1h", 1.0 / rank, post.toString());
      }
    }
  }

  private List<SurfaceResult> lists() throws Exception {
    return TrendingCheck.finish(product, Duration.ZERO);
  }
}
