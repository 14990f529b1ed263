package com.shareuptime.streams.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.CountedRows;
import com.shareuptime.streams.contract.truth.DocumentQueries;
import com.shareuptime.streams.contract.truth.FeedQueries;
import com.shareuptime.streams.contract.truth.IdCondition;
import com.shareuptime.streams.contract.truth.UserQueries;
import com.shareuptime.streams.contract.truth.WalPosition;
import com.shareuptime.streams.proof.Servers;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract's texts and the checker's oracle, each against what a person reads off the rows, so
 * that they cannot err together.
 */
class TruthIT {
  private static final CountedRows ROWS_OF_LIKES = rowsOf(CounterKind.LIKES);
  private static final CountedRows ROWS_OF_COMMENTS = rowsOf(CounterKind.COMMENTS);
  private static final CountedRows ROWS_OF_SHARES = rowsOf(CounterKind.SHARES);

  private static CountedRows rowsOf(CounterKind kind) {
    return new CountedRows(IdKinds.NUMBERS.counter(kind), IdKinds.NUMBERS);
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  /** 1 reads 2 and 3, of whom 3 is not active, and has asked to read 4. */
  private static final String ROWS =
      """
      insert into public.users (id, username, display_name, avatar_url, is_verified, is_active)
      values (1, 'reader', 'Reader', null, false, true),
             (2, 'author', 'An Author', 'https://a.example/2', true, true),
             (3, 'inactive', 'Inactive', null, false, false),
             (4, 'asked', 'Asked', null, false, true),
             (5, 'stranger', 'Stranger', null, false, true);
      insert into public.follows (follower_id, followee_id, status)
      values (1, 2, 'accepted'), (1, 3, 'accepted'), (1, 4, 'pending'), (5, 1, 'accepted');
      insert into public.posts (id, author_id, visibility, is_deleted, content, created_at, updated_at)
      values (10, 2, 'public', false, 'ten', '1970-01-01 00:00:10.000001+00', 'infinity'),
             (11, 2, 'followers', false, 'eleven', '1970-01-01 00:00:11+00', '-infinity'),
             (12, 2, 'private', false, 'twelve', '1970-01-01 00:00:12+00', now()),
             (13, 2, 'public', true, 'thirteen', '1970-01-01 00:00:13+00', now()),
             (14, 3, 'public', false, 'fourteen', '1970-01-01 00:00:14+00', now()),
             (15, 4, 'public', false, 'fifteen', '1970-01-01 00:00:15+00', now()),
             (16, 1, 'public', false, 'sixteen', '1970-01-01 00:00:16+00', now()),
             (17, 2, 'public', false, 'seventeen', 'infinity', now()),
             (18, 2, 'public', false, 'eighteen', '-infinity', now()),
             (19, 5, 'public', false, 'nineteen', '1970-01-01 00:00:19+00', now()),
             (20, 2, 'public', false, 'twenty', '1970-01-01 00:00:10.000001+00', now());
      insert into public.reels (id, author_id, caption, video_url, created_at, updated_at)
      values (10, 5, 'a reel', '', '1969-12-31 23:59:59+00', '294276-12-31 23:59:59.999999+00');
      insert into public.likes (target_type, target_id, user_id)
      values ('post', 10, 1), ('post', 10, 4), ('post', 10, 5), ('reel', 10, 1), ('post', 999, 1);
      insert into public.comments (target_type, target_id, author_id, content, is_deleted)
      values ('post', 10, 1, '', false), ('post', 10, 1, '', false), ('post', 10, 1, '', true),
             ('reel', 10, 2, '', true);
      insert into public.shares (post_id, user_id) values (10, 4), (10, 4);
      """;

  private Connection connection;
  private Handle handle;

  @BeforeEach
  void writeRows() throws Exception {
    handle = ProductDatabase.at(Servers.addresses()).open();
    connection = handle.getConnection();
    execute("truncate public.users cascade");
    execute(ROWS);
  }

  @AfterEach
  void removeRows() throws SQLException {
    execute("truncate public.users cascade");
    handle.close();
  }

  @Test
  void rowsThatAreNotDeletedCount() throws SQLException {
    assertThat(rows(CountQueries.ofTarget(IdKinds.NUMBERS), "post", 10L))
        .containsExactly("3 2 2 0 1 0");
    assertThat(rows(CountQueries.ofTarget(IdKinds.NUMBERS), "reel", 10L))
        .containsExactly("1 0 0 0 1 0");
    assertThat(rows(CountQueries.ofTarget(IdKinds.NUMBERS), "post", 999L))
        .containsExactly("1 0 0 0 0 0");
    assertThat(
            rows(
                CountQueries.ofTargets(
                    Target.Type.POST, IdCondition.between(Id.of(10), Id.of(11)), IdKinds.NUMBERS)))
        .containsExactlyInAnyOrder("10 3 2 2", "11 0 0 0");
    assertThat(
            some(
                CountQueries.ofTargets(Target.Type.POST, IdCondition.SOME, IdKinds.NUMBERS),
                10L,
                13L,
                999L))
        .containsExactlyInAnyOrder("10 3 2 2", "13 0 0 0");
    assertThat(rows(CountQueries.ofTargets(Target.Type.REEL, IdCondition.ALL, IdKinds.NUMBERS)))
        .containsExactly("10 1 0 0");

    Truth oracle = Truth.read(handle, IdKinds.NUMBERS);
    assertThat(oracle.existing())
        .hasSize(12)
        .containsEntry(Target.post(Id.of(10)), Counts.of(3, 2, 2))
        .containsEntry(Target.post(Id.of(13)), Counts.ZERO)
        .containsEntry(Target.reel(Id.of(10)), Counts.of(1, 0, 0));
    assertThat(oracle.gone()).containsExactly(Target.post(Id.of(999)));
  }

  @Test
  void eachCountedTableTellsOfItsTargets() throws SQLException {
    assertThat(rows(ROWS_OF_LIKES.byTarget()))
        .containsExactlyInAnyOrder("post 10 3", "reel 10 1", "post 999 1");
    assertThat(rows(ROWS_OF_COMMENTS.byTarget())).containsExactly("post 10 2");
    assertThat(rows(ROWS_OF_SHARES.byTarget(Target.Type.POST, IdCondition.ALL)))
        .containsExactly("10 2");
    assertThat(rows(ROWS_OF_SHARES.byTarget(Target.Type.REEL, IdCondition.ALL))).isEmpty();
    assertThat(rows(ROWS_OF_COMMENTS.anyRow(), "reel", 10L, 2L)).hasSize(1);
    assertThat(rows(ROWS_OF_SHARES.anyRow(), "post", 10L, 4L)).hasSize(2);
    assertThat(rows(ROWS_OF_SHARES.anyRow(), "reel", 10L, 4L)).isEmpty();
    assertThat(rows(ROWS_OF_LIKES.anyRow(), "post", 10L, 2L)).isEmpty();
  }

  @Test
  void everyPostAndReelWithARowIsATarget() throws SQLException {
    assertThat(rows(CountQueries.targets(IdKinds.NUMBERS)))
        .hasSize(12)
        .contains("post 10", "post 13", "reel 10");
    assertThat(rows(CountQueries.ids(Target.Type.REEL, IdKinds.NUMBERS))).containsExactly("10");
  }

  @Test
  void aFeedHasWhatActiveAuthorsShowToWhoFollowsThem() throws SQLException {
    assertThat(rows(FeedQueries.page(IdKinds.NUMBERS), 1L, 5, 0L))
        .containsExactly("17", "16", "11", "20", "10");
    assertThat(rows(FeedQueries.page(IdKinds.NUMBERS), 1L, 5, 5L)).containsExactly("18");
    assertThat(rows(FeedQueries.page(IdKinds.NUMBERS), 3L, 5, 0L)).isEmpty();
    assertThat(some("select reader_id, id from (" + FeedQueries.OF_READERS + ") e", 1L, 5L))
        .containsExactlyInAnyOrder("1 17", "1 16", "1 11", "1 20", "1 10", "1 18", "5 19", "5 16");
    assertThat(some(FeedQueries.newestOfReaders(4), 1L, 5L))
        .containsExactlyInAnyOrder(
            "1 17 9007199254740991 2",
            "1 16 16000000 1",
            "1 11 11000000 2",
            "1 20 10000001 2",
            "5 19 19000000 5",
            "5 16 16000000 1");
    assertThat(some(FeedQueries.newestOfAuthors(6), 2L, 3L))
        .containsExactlyInAnyOrder(
            "2 17 9007199254740991 2",
            "2 11 11000000 2",
            "2 20 10000001 2",
            "2 10 10000001 2",
            "2 18 -9223372036854775808 2",
            "3 14 14000000 3");
    assertThat(some(FeedQueries.positions(IdKind.NUMBER), 10L, 17L, 18L, 20L))
        .containsExactly(
            "17 9223372036854775807", "20 10000001", "10 10000001", "18 -9223372036854775808");

    assertThat(
            FeedTruth.entries(
                FeedTruth.read(handle, IdKinds.NUMBERS, List.of(Id.of(1)), 6).get(Id.of(1))))
        .containsExactly(
            new Entry(Id.of(17), Long.MAX_VALUE),
            new Entry(Id.of(16), 16_000_000),
            new Entry(Id.of(11), 11_000_000),
            new Entry(Id.of(20), 10_000_001),
            new Entry(Id.of(10), 10_000_001),
            new Entry(Id.of(18), Long.MIN_VALUE));
  }

  @Test
  void aDocumentHasItsAuthorAndIsNotShownIfDeletedOrOfNobodyActive() throws Exception {
    String ten =
        """
        {"id":10,"author.id":2,"author.username":"author","author.display_name":"An Author",
         "author.avatar_url":"https://a.example/2","author.is_verified":"true","content":"ten",
         "visibility":"public","created_at":10000001,"updated_at":9223372036854775807}
        """;
    String columns = "select id from (%s) d";
    String post = DocumentQueries.shown(Target.Type.POST, IdCondition.ALL);
    assertThat(rows(columns.formatted(post)))
        .containsExactlyInAnyOrder("10", "11", "12", "15", "16", "17", "18", "19", "20");
    String shown = "select to_jsonb(d) from (%s) d";
    assertThat(
            JSON.readTree(
                some(
                        shown.formatted(DocumentQueries.shown(Target.Type.POST, IdCondition.SOME)),
                        10L,
                        13L,
                        14L)
                    .get(0)))
        .isEqualTo(JSON.readTree(ten));
    String one = "select is_shown, username, is_active, is_deleted from (%s) d";
    assertThat(rows(one.formatted(DocumentQueries.one(Target.Type.POST)), 13L))
        .containsExactly("f author t t");
    assertThat(rows(one.formatted(DocumentQueries.one(Target.Type.POST)), 14L))
        .containsExactly("f inactive f f");
    String document = "select document from (%s) d";
    assertThat(
            JSON.readTree(
                rows(document.formatted(DocumentQueries.one(Target.Type.POST)), 10L).get(0)))
        .isEqualTo(JSON.readTree(ten));

    Map<Id, ?> oracle = SearchTruth.read(handle, IdKinds.NUMBERS, Target.Type.POST);
    assertThat(oracle)
        .containsOnlyKeys(
            Stream.of(10, 11, 12, 15, 16, 17, 18, 19, 20)
                .map(number -> Id.of(number))
                .toArray(Id[]::new));
    assertThat(JSON.readTree(oracle.get(Id.of(10)).toString()))
        .isEqualTo(
            JSON.readTree(
                """
                {"id":10,
                 "author":{"id":2,"username":"author","display_name":"An Author",
                           "avatar_url":"https://a.example/2","is_verified":true},
                 "content":"ten","visibility":"public",
                 "likes_count":3,"comments_count":2,"shares_count":2,
                 "created_at":10000001,"updated_at":9223372036854775807}
                """));
    assertThat(
            SearchTruth.read(handle, IdKinds.NUMBERS, Target.Type.REEL).get(Id.of(10)).toString())
        .contains("\"caption\":\"a reel\"")
        .contains("\"likes_count\":1,\"comments_count\":0,\"shares_count\":0");
  }

  @Test
  void rowsHaveWhatDocumentsShowOfThem() throws SQLException {
    assertThat(rows(DocumentQueries.row(Target.Type.REEL), 10L))
        .containsExactly("5 f public a reel -1000000 9223372036854775806");
    assertThat(rows(DocumentQueries.AUTHOR, 2L))
        .containsExactly("t f t author An Author https://a.example/2");
  }

  @Test
  void anAccountIsWhoFollowsAndIsFollowed() throws SQLException {
    assertThat(rows(UserQueries.IDS)).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
    assertThat(rows("delete from public.posts where author_id = 4 returning id")).hasSize(1);
    assertThat(rows(UserQueries.AUTHOR_IDS)).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
    assertThat(rows("delete from public.follows where followee_id = 4 returning 1")).hasSize(1);
    assertThat(rows(UserQueries.AUTHOR_IDS)).containsExactlyInAnyOrder("1", "2", "3", "5");
    assertThat(rows(UserQueries.EXISTS, 1L)).hasSize(1);
    assertThat(rows(UserQueries.EXISTS, 6L)).isEmpty();
    String follows =
        "select username, follows, pending_follows, followers, pending_followers from (%s) u"
            .formatted(UserQueries.ONE);
    assertThat(rows(follows, 1L)).containsExactly("reader 2 0 1 0");
  }

  @Test
  void theEndOfTheLogIsAtOrAfterEveryCommit() throws SQLException {
    Lsn before = Lsn.parse(rows("select pg_current_wal_insert_lsn()").get(0));
    Lsn read = WalPosition.read(connection);
    Lsn after = Lsn.parse(rows("select pg_current_wal_insert_lsn()").get(0));
    assertThat(read).isBetween(before, after);
  }

  /** Shares get a type by a subquery: read by the index all the same, not one after the other. */
  @Test
  void aRangeOfTargetsIsReadByTheIndexOfEachTable() throws SQLException {
    execute("set enable_seqscan = off");
    String plan =
        String.join(
            "\n",
            rows(
                "explain "
                    + CountQueries.ofTargets(
                        Target.Type.POST,
                        IdCondition.between(Id.of(10), Id.of(19)),
                        IdKinds.NUMBERS)));
    assertThat(plan)
        .contains("likes_pkey", "comments_target", "shares_post", "posts_pkey")
        .contains("(post_id >= 10) AND (post_id <= 19)")
        .doesNotContain("Seq Scan");
  }

  private List<String> some(String query, Long... ids) throws SQLException {
    long parameters = query.chars().filter(letter -> letter == '?').count();
    Object[] arrays = new Object[(int) parameters];
    Arrays.fill(arrays, connection.createArrayOf("bigint", ids));
    return rows(query, arrays);
  }

  /** Each row as its columns, with spaces between. */
  private List<String> rows(String query, Object... parameters) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(columns(row));
        }
      }
    }
    return rows;
  }

  private static String columns(ResultSet row) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      columns.add(row.getString(i));
    }
    return String.join(" ", columns);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
