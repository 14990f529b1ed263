package com.shareuptime.streams.counters.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.source.IsoTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedRowParserTest {
  private static final String CREATED = "2026-11-24T10:00:00.123456Z";
  private static final long APPENDED = 2_000_000_000_000L;
  private static final String UUID = "c0ffee00-0000-4000-8000-000000000001";

  private final CountedRowParser parser = new CountedRowParser(IdKinds.NUMBERS);

  @Test
  void aLikeOfTheStreamIsOfItsCommitTime() throws IOException {
    CountedRow row =
        parser.countedRow(
            record(
                CdcTable.LIKES,
                "{'target_type':'post','target_id':42,'user_id':7}",
                "{'before':null,'after':{'target_type':'post','target_id':42,'user_id':7,"
                    + "'created_at':'"
                    + CREATED
                    + "'},'source':{'lsn':9,'ts_ms':1234567},'op':'c','ts_ms':99}"));
    assertThat(row.counted()).isTrue();
    assertThat(row.target()).isEqualTo(new CounterTarget(Target.Type.POST, Id.of(42)));
    assertThat(row.time()).isEqualTo(1234567);
    assertThat(row.key())
        .isEqualTo(new RowKey(CounterKind.LIKES, Target.Type.POST, Id.of(42), Id.of(7)));
  }

  @Test
  void aRowOfTheSnapshotIsOfTheTimeItWasCreated() throws IOException {
    CountedRow row =
        parser.countedRow(
            record(
                CdcTable.SHARES,
                "{'id':5}",
                "{'before':null,'after':{'id':5,'post_id':42,'user_id':7,'created_at':'"
                    + CREATED
                    + "'},'source':{'ts_ms':1234567},'op':'r'}"));
    assertThat(row.time()).isEqualTo(IsoTime.parseMillis(CREATED));
  }

  @ParameterizedTest
  @CsvSource({
    "infinity, 2000000000000",
    "+294276-12-31T23:59:59Z, 2000000000000",
    "9999-12-31T23:59:59Z, 2000000000000",
    "noon, 2000000000000",
    "-infinity, 0",
    "-0043-03-15T12:00:00Z, 0",
  })
  void anOddTimeCostsNoCount(String created, long time) throws IOException {
    CountedRow row =
        parser.countedRow(
            record(
                CdcTable.SHARES,
                "{'id':5}",
                "{'before':null,'after':{'id':5,'post_id':42,'user_id':7,'created_at':'"
                    + created
                    + "'},'source':{'ts_ms':1234567},'op':'r'}"));
    assertThat(row.counted()).isTrue();
    assertThat(row.time()).isEqualTo(time);
  }

  @Test
  void aSoftDeletedCommentDoesNotCount() throws IOException {
    CountedRow row =
        parser.countedRow(
            record(
                CdcTable.COMMENTS,
                "{'id':5}",
                "{'before':null,'after':{'id':5,'target_type':'reel','target_id':3,"
                    + "'content':'x','is_deleted':true},'source':{'ts_ms':1},'op':'u'}"));
    assertThat(row.counted()).isFalse();
    assertThat(row.target()).isEqualTo(new CounterTarget(Target.Type.REEL, Id.of(3)));
  }

  @Test
  void aDeleteAndATombstoneAreGoneWithOnlyTheirKey() throws IOException {
    CountedRow delete =
        parser.countedRow(
            record(
                CdcTable.COMMENTS,
                "{'id':5}",
                "{'before':{'id':5,'target_type':null},'after':null,'source':{'ts_ms':1},'op':'d'}"));
    assertThat(delete.counted()).isFalse();
    assertThat(delete.target()).isNull();
    CountedRow tombstone = parser.countedRow(record(CdcTable.COMMENTS, "{'id':5}", null));
    assertThat(tombstone.counted()).isFalse();
    assertThat(tombstone.key()).isEqualTo(delete.key());
  }

  @Test
  void aPostThatIsSoftDeletedStillExists() throws IOException {
    assertThat(
            parser
                .targetRow(
                    record(
                        CdcTable.POSTS,
                        "{'id':5}",
                        "{'before':null,'after':{'id':5,'is_deleted':true,'media':'[]'},"
                            + "'source':{'ts_ms':1},'op':'u'}"),
                    Target.Type.POST)
                .exists())
        .isTrue();
    assertThat(
            parser.targetRow(record(CdcTable.POSTS, "{'id':5}", null), Target.Type.POST).exists())
        .isFalse();
  }

  @Test
  void whatIsNoRowOfThisTableIsAnErrorThatSaysWhy() {
    assertThatThrownBy(() -> parser.countedRow(record(CdcTable.COMMENTS, "{'id':-5}", null)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("-5");
    assertThatThrownBy(() -> parser.countedRow(record(CdcTable.COMMENTS, "{'id':5}", "[]")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> parser.countedRow(record(CdcTable.COMMENTS, "nonsense", null)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () ->
                parser.countedRow(
                    record(
                        CdcTable.LIKES,
                        "{'target_type':'post','target_id':'1','user_id':1}",
                        null)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("target_id '1' is no bigint");
    assertThatThrownBy(
            () ->
                parser.countedRow(
                    record(
                        CdcTable.LIKES,
                        "{'target_type':'post','target_id':1,'user_id':'1'}",
                        null)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> parser.countedRow(record(CdcTable.LIKES, "{'user_id':1}", null)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("target_type");
  }

  @Test
  void whatCountsForSomethingElseIsPassedOverUnlessItMayHaveCounted() throws IOException {
    String comment = "{'target_type':'comment','target_id':'c-1','user_id':1}";
    assertThat(parser.countedRow(record(CdcTable.LIKES, comment, null))).isNull();
    for (String key : List.of("{'id':5}", "{'$like_no':5}")) {
      CountedRow row =
          parser.countedRow(
              record(
                  CdcTable.LIKES,
                  key,
                  "{'before':null,'after':%s,'source':{'ts_ms':1},'op':'u'}".formatted(comment)));
      assertThat(row.elsewhere()).isTrue();
      assertThat(row.counted()).isFalse();
      assertThat(row.target()).isNull();
    }
  }

  @Test
  void aLikeMayBeKnownByItsIdOrByWhateverItsTableHas() throws IOException {
    String like =
        "{'before':null,'after':{'id':5,'target_type':'post','target_id':42,'user_id':7},"
            + "'source':{'ts_ms':1},'op':'c'}";
    CountedRow byId = parser.countedRow(record(CdcTable.LIKES, "{'id':5}", like));
    assertThat(byId.key()).isEqualTo(RowKey.of(CounterKind.LIKES, Id.of(5)));
    assertThat(byId.target()).isEqualTo(new CounterTarget(Target.Type.POST, Id.of(42)));
    String own = "{'$user':'7','$no':1,'$branch':1}";
    CountedRow byOwn = parser.countedRow(record(CdcTable.LIKES, own, like));
    assertThat(byOwn.key()).isEqualTo(RowKey.ofOwn(CounterKind.LIKES, bytes(own)));
    assertThat(byOwn.target()).isEqualTo(byId.target());
    CountedRow gone = parser.countedRow(record(CdcTable.LIKES, own, null));
    assertThat(gone.key()).isEqualTo(byOwn.key());
    assertThat(gone.target()).isNull();
  }

  /** One row in two branches of a view, which tell the target in their keys. */
  @Test
  void aBranchIsPartOfTheKey() throws IOException {
    String natural = "{'target_type':'post','target_id':42,'user_id':7}";
    String branch = "{'target_type':'post','target_id':42,'user_id':7,'$branch':1}";
    CountedRow first = parser.countedRow(record(CdcTable.COMMENTS, natural, null));
    CountedRow second = parser.countedRow(record(CdcTable.COMMENTS, branch, null));
    assertThat(first.key())
        .isEqualTo(RowKey.of(CounterKind.COMMENTS, Target.Type.POST, Id.of(42), Id.of(7)));
    assertThat(second.key()).isNotEqualTo(first.key());
    assertThat(second.target()).isEqualTo(first.target());
  }

  @Test
  void aShareSaysItsTargetAsOthersDo() throws IOException {
    CountedRow row =
        parser.countedRow(
            record(
                CdcTable.SHARES,
                "{'id':5}",
                "{'before':null,'after':{'id':5,'target_type':'reel','target_id':42},"
                    + "'source':{'ts_ms':1},'op':'c'}"));
    assertThat(row.target()).isEqualTo(new CounterTarget(Target.Type.REEL, Id.of(42)));
  }

  @Test
  void idsAreOfTheKindOfTheirEntity() throws IOException {
    CountedRowParser uuids =
        new CountedRowParser(new IdKinds(IdKind.TEXT, IdKind.UUID, IdKind.UUID));
    String key = "{'target_type':'post','target_id':'%s','user_id':'ada'}".formatted(UUID);
    CountedRow row = uuids.countedRow(record(CdcTable.LIKES, key, null));
    assertThat(row.key())
        .isEqualTo(RowKey.of(CounterKind.LIKES, Target.Type.POST, Id.of(UUID), Id.of("ada")));
    assertThat(
            uuids
                .targetRow(record(CdcTable.POSTS, "{'id':'" + UUID + "'}", null), Target.Type.POST)
                .target())
        .isEqualTo(row.target());
    for (String odd : List.of("42", "'42'", "''")) {
      assertThatThrownBy(
              () ->
                  uuids.countedRow(
                      record(
                          CdcTable.LIKES,
                          "{'target_type':'post','target_id':%s,'user_id':'ada'}".formatted(odd),
                          null)))
          .as(odd)
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(
            () -> uuids.targetRow(record(CdcTable.POSTS, "{'id':7}", null), Target.Type.POST))
        .isInstanceOf(IOException.class);
  }

  /** A column of both is a text then, whose kind the target's type tells. */
  @Test
  void postsAndReelsMayHaveIdsOfTwoKinds() throws IOException {
    CountedRowParser two =
        new CountedRowParser(new IdKinds(IdKind.NUMBER, IdKind.NUMBER, IdKind.UUID));
    String like = "{'target_id':'%s','target_type':'%s','user_id':7}";
    assertThat(two.countedRow(record(CdcTable.LIKES, like.formatted("42", "post"), null)).target())
        .isEqualTo(new CounterTarget(Target.Type.POST, Id.of(42)));
    assertThat(two.countedRow(record(CdcTable.LIKES, like.formatted(UUID, "reel"), null)).target())
        .isEqualTo(new CounterTarget(Target.Type.REEL, Id.of(UUID)));
    assertThatThrownBy(
            () -> two.countedRow(record(CdcTable.LIKES, like.formatted(UUID, "post"), null)))
        .isInstanceOf(IOException.class);
  }

  private static CdcRecord record(CdcTable table, String key, String value) {
    return new CdcRecord(
        table,
        0,
        0,
        APPENDED,
        bytes(key),
        value == null ? null : bytes(value),
        new RowVersion(1, 9),
        null,
        null);
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
