package com.shareuptime.streams.sink.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.sink.opensearch.BulkAnswer.Verdict;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BulkAnswerTest {
  private static BulkItem item(String id, boolean delete) {
    return new BulkItem("posts_v1", id, 7, delete ? null : new byte[] {'{', '}'});
  }

  private static Verdict verdict(BulkItem item, String... items) throws Exception {
    String body = "{\"errors\":true,\"items\":[" + String.join(",", items) + "]}";
    return BulkAnswer.parse(body.getBytes(StandardCharsets.UTF_8)).of(item).verdict();
  }

  private static String answer(String action, String id, int status, String rest) {
    return "{\"%s\":{\"_index\":\"posts_v1\",\"_id\":\"%s\",\"status\":%d%s}}"
        .formatted(action, id, status, rest);
  }

  @Test
  void itemsAreMatchedByIdNotByOrder() throws Exception {
    String[] answers = {answer("index", "2", 400, ",\"error\":{}"), answer("index", "1", 201, "")};
    assertThat(verdict(item("1", false), answers)).isEqualTo(Verdict.DONE);
    assertThat(verdict(item("2", false), answers)).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void somethingNewerInTheIndexIsNoFailure() throws Exception {
    assertThat(verdict(item("1", false), answer("index", "1", 409, ",\"error\":{}")))
        .isEqualTo(Verdict.STALE);
  }

  @Test
  void whatCannotBeTakenNowIsTriedAgain() throws Exception {
    for (int status : new int[] {403, 404, 429, 500, 503}) {
      assertThat(verdict(item("1", false), answer("index", "1", status, ",\"error\":{}")))
          .as("status %d", status)
          .isEqualTo(Verdict.LATER);
    }
  }

  /** The index is to blame, and may be opened again. */
  @Test
  void whatAClosedIndexRefusesIsTriedAgain() throws Exception {
    String closed = ",\"error\":{\"type\":\"index_closed_exception\",\"reason\":\"closed\"}";
    String wrong = ",\"error\":{\"type\":\"mapper_parsing_exception\",\"reason\":\"no date\"}";
    assertThat(verdict(item("1", false), answer("index", "1", 400, closed)))
        .isEqualTo(Verdict.LATER);
    assertThat(verdict(item("1", false), answer("index", "1", 400, wrong)))
        .isEqualTo(Verdict.REFUSED);
  }

  @Test
  void whatIsToBeDeletedMayBeMissing() throws Exception {
    assertThat(verdict(item("1", true), answer("delete", "1", 404, ",\"result\":\"not_found\"")))
        .isEqualTo(Verdict.DONE);
  }

  @Test
  void anItemThatTheAnswerDoesNotNameIsTriedAgain() throws Exception {
    assertThat(verdict(item("3", false), answer("index", "1", 201, ""))).isEqualTo(Verdict.LATER);
  }
}
