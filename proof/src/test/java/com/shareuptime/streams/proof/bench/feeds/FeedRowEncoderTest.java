package com.shareuptime.streams.proof.bench.feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class FeedRowEncoderTest {
  private static final long AT = 1_700_000_000_123_456L;

  private final FeedRowEncoder rows = new FeedRowEncoder();

  @Test
  void aPostHasItsTimeToTheMicrosecond() throws Exception {
    JsonNode change = json(rows.post(42, 7, 43, AT));

    assertThat(change.path("op").asText()).isEqualTo("c");
    assertThat(change.path("source").path("lsn").asLong()).isEqualTo(43);
    assertThat(change.path("source").path("ts_ms").asLong()).isEqualTo(AT / 1000);
    assertThat(change.path("after").path("id").asLong()).isEqualTo(42);
    assertThat(change.path("after").path("author_id").asLong()).isEqualTo(7);
    assertThat(change.path("after").path("created_at").asText())
        .isEqualTo("2023-11-14T22:13:20.123456Z");
  }

  @Test
  void keysAndRowsOfOneFollowNameTheSamePair() throws Exception {
    JsonNode row = json(rows.follow(3, 5, 1, AT)).path("after");

    for (JsonNode pair : new JsonNode[] {row, json(FeedRowEncoder.followKey(3, 5))}) {
      assertThat(pair.path("follower_id").asLong()).isEqualTo(3);
      assertThat(pair.path("followee_id").asLong()).isEqualTo(5);
    }
    assertThat(row.path("status").asText()).isEqualTo("accepted");
  }

  @Test
  void anActiveUserIsSaidToBe() throws Exception {
    assertThat(json(rows.user(9, 1, AT)).path("after").path("is_active").asBoolean()).isTrue();
    assertThat(json(FeedRowEncoder.activity(9)).path("user_id").asLong()).isEqualTo(9);
  }

  private static JsonNode json(byte[] value) throws Exception {
    return new ObjectMapper().readTree(new String(value, UTF_8));
  }
}
