package com.shareuptime.streams.feeds.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.testing.DrawnIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FeedRowParserTest {
  private static final RowVersion VERSION = new RowVersion(1, 9);
  private static final String POST =
      "'id':7,'author_id':3,'created_at':'1970-01-01T00:00:01.000002Z'";

  private static CdcRecord record(CdcTable table, String key, String columns, String op) {
    String after = op.equals("d") ? "null" : "{" + columns + "}";
    String value = "{'after':%s,'source':{'ts_ms':5},'op':'%s'}".formatted(after, op);
    return new CdcRecord(table, 0, 1, 1, bytes(key), bytes(value), VERSION, null, null);
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'visibility':'public' | true",
        "'visibility':'unlisted' | true",
        "'visibility':'followers' | true",
        "'visibility':'private' | false",
        "'visibility':'planet' | false",
        "'visibility':'public','is_deleted':true | false",
        "'visibility':'public','in_feeds':true | true",
        "'visibility':'public','in_feeds':false | false",
        "'visibility':'unlisted','in_feeds':false | false",
      })
  void aPostIsInFeedsIfItIsForOthers(String columns, boolean visible) throws IOException {
    FeedRowParser parser = new FeedRowParser(DrawnIds.NUMBERS.kinds());
    parser.post(record(CdcTable.POSTS, "{'id':8}", POST + ",'in_feeds':false", "c"));
    PostRow post = parser.post(record(CdcTable.POSTS, "{'id':7}", POST + "," + columns, "c"));
    assertThat(post.visible()).isEqualTo(visible);
  }

  @ParameterizedTest
  @EnumSource
  void idsAreOfTheKindOfTheirTable(DrawnIds ids) throws IOException {
    FeedRowParser parser = new FeedRowParser(ids.kinds());
    String two = IdJson.node(ids.of(2)).toString();
    String three = IdJson.node(ids.of(3)).toString();
    PostRow post =
        parser.post(
            record(
                CdcTable.POSTS,
                "{'id':%s}".formatted(two),
                POST.replace("'id':7", "'id':" + two).replace(":3,", ":" + three + ",")
                    + ",'visibility':'public'",
                "c"));
    assertThat(post).isEqualTo(new PostRow(ids.of(2), VERSION, ids.of(3), 1_000_002, true, 5));
    PostRow gone = parser.post(record(CdcTable.POSTS, "{'id':%s}".formatted(two), "", "d"));
    assertThat(gone.post()).isEqualTo(ids.of(2));
    assertThat(gone.hasAuthor()).isFalse();
    assertThat(
            parser.follow(
                record(
                    CdcTable.FOLLOWS,
                    "{'follower_id':%s,'followee_id':%s}".formatted(two, three),
                    "",
                    "d")))
        .isEqualTo(new ReaderInput.Follow(ids.of(2), ids.of(3), VERSION, false, 5));
  }

  @Test
  void usersAndPostsMayHaveIdsOfTwoKinds() throws IOException {
    FeedRowParser parser =
        new FeedRowParser(new IdKinds(IdKind.TEXT, IdKind.NUMBER, IdKind.NUMBER));
    String post = POST.replace(":3,", ":'3',") + ",'visibility':'public'";
    assertThat(parser.post(record(CdcTable.POSTS, "{'id':7}", post, "c")))
        .isEqualTo(new PostRow(Id.of(7), VERSION, Id.of("3"), 1_000_002, true, 5));
    assertThat(
            parser.account(record(CdcTable.USERS, "{'id':'3'}", "'id':'3','is_active':true", "c")))
        .isEqualTo(new ReaderInput.Account(Id.of("3"), VERSION, true));
  }

  /** Which is no sentinel. */
  @ParameterizedTest
  @CsvSource({"0", "00000000-0000-0000-0000-000000000000"})
  void anAuthorMayHaveATextThatLooksLikeNobody(String author) {
    PostRow post = new PostRow(Id.of("7"), VERSION, Id.of(author), 1, true, 5);
    assertThat(post.hasAuthor()).isTrue();
  }
}
