package com.shareuptime.streams.proof.bench.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.proof.traffic.text.Profile;
import org.junit.jupiter.api.Test;

class RowEncoderTest {
  private static final long AT = 1_700_000_000_123_456L;

  private final RowEncoder encoder = new RowEncoder();

  @Test
  void aPostHasItsTimeToTheMicrosecond() throws Exception {
    JsonNode change =
        json(encoder.post(new PublishedPost(42, 7, "A \"post\"", AT - 1, AT), "u", 43));

    assertThat(change.path("op").asText()).isEqualTo("u");
    assertThat(change.path("source").path("lsn").asLong()).isEqualTo(43);
    assertThat(change.path("source").path("ts_ms").asLong()).isEqualTo(AT / 1000);
    assertThat(change.path("after").path("id").asLong()).isEqualTo(42);
    assertThat(change.path("after").path("content").asText()).isEqualTo("A \"post\"");
    assertThat(change.path("after").path("author_id").asLong()).isEqualTo(7);
    assertThat(change.path("after").path("updated_at").asText())
        .isEqualTo("2023-11-14T22:13:20.123456Z");
  }

  @Test
  void keysAndRowsOfOneFollowNameTheSamePair() throws Exception {
    JsonNode row = json(encoder.follow(3, 5, 1, AT / 1_000)).path("after");

    for (JsonNode pair : new JsonNode[] {row, json(RowEncoder.followKey(3, 5))}) {
      assertThat(pair.path("follower_id").asLong()).isEqualTo(3);
      assertThat(pair.path("followee_id").asLong()).isEqualTo(5);
    }
    assertThat(row.path("status").asText()).isEqualTo("accepted");
  }

  @Test
  void anActiveUserIsSaidToBeAndAPictureMayBeMissing() throws Exception {
    JsonNode user = json(encoder.user(9, new Profile("u9", "U", null, true), 1, 5)).path("after");

    assertThat(user.path("is_active").asBoolean()).isTrue();
    assertThat(user.path("is_verified").asBoolean()).isTrue();
    assertThat(user.path("avatar_url").isNull()).isTrue();
  }

  @Test
  void onlyRowsOfTheSnapshotSaySo() throws Exception {
    PublishedPost post = new PublishedPost(1, 2, "A post", AT, AT);

    assertThat(json(encoder.post(post, "r", 0)).at("/source/snapshot").asText()).isEqualTo("true");
    assertThat(json(encoder.like(1, 2, 3, 4)).at("/source/snapshot").asText()).isEqualTo("false");
  }

  private static JsonNode json(byte[] value) throws Exception {
    return new ObjectMapper().readTree(new String(value, UTF_8));
  }
}
