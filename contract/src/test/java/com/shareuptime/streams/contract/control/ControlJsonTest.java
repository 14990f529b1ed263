package com.shareuptime.streams.contract.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Products;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.control.ControlMessage.Correct;
import com.shareuptime.streams.contract.control.ControlMessage.FillAuthor;
import com.shareuptime.streams.contract.control.ControlMessage.FillDocument;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildFeed;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildTimeline;
import com.shareuptime.streams.contract.control.ControlMessage.Refresh;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ControlJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Target POST = Target.post(Id.of(42));

  static Stream<Arguments> messages() {
    return Stream.of(
        Arguments.of(
            new RebuildFeed(Id.of(7)),
            "user:7",
            """
            {"job":"feeds","action":"rebuild","user_id":7}\
            """),
        Arguments.of(
            new RebuildTimeline(Id.of(9)),
            "author:9",
            """
            {"job":"feeds","action":"rebuild","author_id":9}\
            """),
        Arguments.of(
            new Refresh(ControlMessage.COUNTERS, POST),
            "post:42",
            """
            {"job":"counters","action":"refresh","target":"post","target_id":42}\
            """),
        Arguments.of(
            new Refresh(ControlMessage.SEARCH, Target.reel(Id.of(3))),
            "reel:3",
            """
            {"job":"search","action":"refresh","target":"reel","target_id":3}\
            """),
        Arguments.of(
            new Correct(POST, 7, Counts.of(5, 2, 0), Counts.of(6, 2, 1), CountedView.CANONICAL),
            "post:42",
            """
            {"job":"counters","action":"correct","target":"post","target_id":42,"if_version":7,\
            "truth":{"likes":5,"comments":2,"shares":0},\
            "found":{"likes":6,"comments":2,"shares":1}}\
            """),
        Arguments.of(
            new Correct(POST, 7, null, null, CountedView.CANONICAL),
            "post:42",
            """
            {"job":"counters","action":"correct","target":"post","target_id":42,"if_version":7,\
            "truth":null,"found":null}\
            """),
        Arguments.of(
            new FillDocument(POST, "1048576:99:77", Id.of(7), false, "public", "a \"b\"\né", -1, 2),
            "{\"id\":42}",
            """
            {"job":"search","action":"fill","target":"post","target_id":42,\
            "version":"1048576:99:77","row":{"author_id":7,"is_deleted":false,\
            "visibility":"public","text":"a \\"b\\"\\né","created_at":-1,"updated_at":2}}\
            """),
        Arguments.of(
            new FillAuthor(Id.of(7), "1:2:3", true, true, false, "nora", "N", null),
            "{\"id\":7}",
            """
            {"job":"search","action":"fill","target":"user","target_id":7,"version":"1:2:3",\
            "row":{"is_active":true,"is_private":true,"is_verified":false,"username":"nora","display_name":"N",\
            "avatar_url":null}}\
            """));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsItsJsonAndTheJsonIsTheMessage(ControlMessage message, String key, String json)
      throws Exception {
    assertThat(message.key()).isEqualTo(key);
    assertThat(message.json()).isEqualTo(json);
    assertThat(ControlJson.read(message.job(), JSON.readTree(json), IdKinds.NUMBERS))
        .hasValue(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatIsForAnotherJobIsNoMessage(ControlMessage message, String key, String json)
      throws Exception {
    for (String job : new String[] {"counters", "feeds", "search", "embed"}) {
      if (!job.equals(message.job())) {
        assertThat(ControlJson.read(job, JSON.readTree(json), IdKinds.NUMBERS)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "{'job':'feeds','action':'dance'}; action 'dance' is not 'rebuild'",
        "{'job':'feeds','action':'rebuild'}; author_id '' is not a number above 0",
        "{'job':'feeds','action':'rebuild','user_id':0}; user_id '0' is not a number above 0",
        "{'job':'counters'}; action '' is not 'refresh' or 'correct'",
        "{'job':'counters','action':'refresh','target':'x','target_id':1}; nothing is counted"
            + " for a target 'x'",
        "{'job':'counters','action':'refresh','target':'post'}; target_id '' is not a number above"
            + " 0",
        "{'job':'counters','action':'correct','target':'post','target_id':1}; if_version '' is not"
            + " a number, 0 or more",
        "{'job':'counters','action':'correct','target':'post','target_id':1,'if_version':-1};"
            + " if_version '-1' is not a number, 0 or more",
        "{'job':'counters','action':'correct','target':'post','target_id':1,'if_version':1}; likes"
            + " '' is not a number, 0 or more",
        "{'job':'search','action':'dance'}; action 'dance' is neither 'refresh' nor 'fill'",
        "{'job':'search','action':'fill','target':'user','target_id':1,'row':{}}; the row does not"
            + " say 'is_active'",
        "{'job':'search','action':'fill','target':'post','target_id':1,'row':{'author_id':1,'is_deleted':true,'visibility':null}};"
            + " the row has no text 'visibility'"
      })
  void whatAJobCannotDoIsRefusedWithTheReason(String message, String reason) {
    assertThatThrownBy(() -> read(message))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason);
  }

  /** Of what was found nothing need be known; it takes no part then. */
  @Test
  void aCorrectionMayNotTellWhatWasFound() throws Exception {
    assertThat(
            read(
                "{'job':'counters','action':'correct','target':'post','target_id':42,'if_version':7,"
                    + "'truth':{'likes':5,'comments':2,'shares':0}}"))
        .hasValue(new Correct(POST, 7, Counts.of(5, 2, 0), null, CountedView.CANONICAL));
  }

  /** A sum of amounts may be below 0; a target has the counters that may count for it. */
  @Test
  void aCorrectionOfAnyTargetHasItsCounters() throws Exception {
    IdKinds kinds = Products.WITH_VOTES_OF_USERS;
    Correct correction =
        new Correct(
            new Target(Target.Type.of("user"), Id.of(7)),
            9,
            Counts.of(0, 0, 0, -4),
            null,
            kinds.countersOf(Target.Type.of("user")));
    JsonNode json = JSON.readTree(correction.json());
    assertThat(json.path("truth").toString()).isEqualTo("{\"votes\":-4}");
    assertThat(ControlJson.read("counters", json, kinds)).hasValue(correction);
  }

  @Test
  void idsAreOfTheKindOfTheirEntity() throws Exception {
    String uuid = "c0ffee00-0000-4000-8000-0000000000ff";
    var kinds = new IdKinds(IdKind.UUID, IdKind.TEXT, IdKind.NUMBER);
    for (ControlMessage message :
        new ControlMessage[] {
          new RebuildFeed(Id.of(uuid)),
          new Refresh(ControlMessage.SEARCH, Target.post(Id.of("42"))),
          new Refresh(ControlMessage.COUNTERS, Target.reel(Id.of(42))),
          new FillDocument(
              Target.post(Id.of("a \"b")), "1:2:3", Id.of(uuid), false, "public", "t", 1, 2),
          new FillAuthor(Id.of(uuid), "1:2:3", true, true, false, "nora", "N", null)
        }) {
      JsonNode json = JSON.readTree(message.json());
      assertThat(ControlJson.read(message.job(), json, kinds)).hasValue(message);
      assertThatThrownBy(
              () ->
                  ControlJson.read(
                      message.job(), json, new IdKinds(IdKind.NUMBER, IdKind.NUMBER, IdKind.TEXT)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Optional<ControlMessage> read(String message) throws JsonProcessingException {
    JsonNode json = JSON.readTree(message.replace('\'', '"'));
    return ControlJson.read(json.path("job").asText(), json, IdKinds.NUMBERS);
  }
}
