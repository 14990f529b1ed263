package com.shareuptime.streams.counters.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingParserTest {
  private final StandingParser parser = new StandingParser(IdKinds.NUMBERS);

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'public', false, true",
        "'unlisted', false, false",
        "'followers', false, false",
        "'private', false, false",
        "'public', true, false",
        "null, false, false",
        "7, false, false",
        "'public', null, false",
        "'public', 'no', false",
      })
  void aTargetIsListedIfEverybodyMaySeeIt(String visibility, String deleted, boolean listed)
      throws IOException {
    TargetStanding standing =
        parser.target(
            record(
                CdcTable.REELS,
                "{'id':5,'author_id':7,'visibility':%s,'is_deleted':%s}"
                    .formatted(visibility, deleted)));
    assertThat(standing.target()).isEqualTo(new CounterTarget(Target.Type.REEL, Id.of(5)));
    assertThat(standing.author()).isEqualTo(Id.of(7));
    assertThat(standing.listed()).isEqualTo(listed);
    assertThat(standing.isGone()).isFalse();
  }

  @Test
  void aDeletedRowIsGone() throws IOException {
    TargetStanding standing = parser.target(record(CdcTable.POSTS, "null"));
    assertThat(standing.target()).isEqualTo(new CounterTarget(Target.Type.POST, Id.of(5)));
    assertThat(standing.isGone()).isTrue();
    assertThat(parser.author(record(CdcTable.USERS, "null")).listed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, true",
    "true, true, false",
    "false, false, false",
    "null, false, false",
    "1, false, false",
    "true, null, false",
    "true, 1, false",
  })
  void anAuthorIsListedIfActiveAndNoPrivateAccount(String active, String isPrivate, boolean listed)
      throws IOException {
    AuthorStanding standing =
        parser.author(
            record(
                CdcTable.USERS,
                "{'id':5,'is_active':%s,'is_private':%s}".formatted(active, isPrivate)));
    assertThat(standing.author()).isEqualTo(Id.of(5));
    assertThat(standing.listed()).isEqualTo(listed);
  }

  /** Those of a model that knows no private accounts, and of earlier builds. */
  @Test
  void anAuthorWhoseRowDoesNotTellIsNoPrivateAccount() throws IOException {
    parser.author(record(CdcTable.USERS, "{'id':5,'is_active':true,'is_private':true}"));
    assertThat(parser.author(record(CdcTable.USERS, "{'id':5,'is_active':true}")).listed())
        .isTrue();
  }

  @Test
  void idsAreOfTheKindOfTheirEntityAndAnAuthorOfAnotherLeavesATargetOutOfLists()
      throws IOException {
    StandingParser ofTexts =
        new StandingParser(new IdKinds(IdKind.UUID, IdKind.TEXT, IdKind.NUMBER));
    String author = "c0ffee00-0000-4000-8000-000000000001";
    TargetStanding standing =
        ofTexts.target(
            record(
                CdcTable.POSTS,
                "{'id':'ü{5}'}",
                "{'id':'ü{5}','author_id':'%s','visibility':'public','is_deleted':false}"
                    .formatted(author)));
    assertThat(standing.target()).isEqualTo(new CounterTarget(Target.Type.POST, Id.of("ü{5}")));
    assertThat(standing.author()).isEqualTo(Id.of(author));
    assertThat(standing.listed()).isTrue();
    for (String odd : List.of("7", "'somebody'", "null", "{}")) {
      assertThat(
              ofTexts
                  .target(
                      record(
                          CdcTable.REELS,
                          "{'id':5}",
                          "{'id':5,'author_id':%s,'visibility':'public','is_deleted':false}"
                              .formatted(odd)))
                  .listed())
          .as(odd)
          .isFalse();
    }
    assertThatThrownBy(() -> ofTexts.author(record(CdcTable.USERS, "{'id':5}", "{'id':5}")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ofTexts.target(record(CdcTable.REELS, "{'id':'5'}", "null")))
        .isInstanceOf(IOException.class);
  }

  private static CdcRecord record(CdcTable table, String after) {
    return record(table, "{'id':5}", after);
  }

  private static CdcRecord record(CdcTable table, String key, String after) {
    String value =
        "{'before':null,'after':%s,'source':{'ts_ms':9},'op':'%s'}"
            .formatted(after, after.equals("null") ? "d" : "u");
    return new CdcRecord(table, 0, 0, 10, json(key), json(value), new RowVersion(1, 2), null, null);
  }

  private static byte[] json(String quoted) {
    return quoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
