package com.shareuptime.streams.proof.bench.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostEncoderTest {
  private static final PostCorpus POSTS = new PostCorpus(100, 1);

  private final PostEncoder speller = new PostEncoder(POSTS);

  @Test
  void aDocumentSaysWhatItsRowsSay() throws Exception {
    long author = POSTS.author(42);
    JsonNode document = json(speller.document(42));
    JsonNode post = row(speller.post(42, 0, "c", PostEncoder.createdMicros(42), 7));
    JsonNode user = row(speller.user(author, 3, 5));

    for (String field : List.of("id", "content", "visibility", "created_at", "updated_at")) {
      assertThat(document.path(field)).isEqualTo(post.path(field));
    }
    assertThat(post.path("author_id").asLong()).isEqualTo(author);
    for (String field : List.of("id", "username", "display_name", "avatar_url", "is_verified")) {
      assertThat(document.path("author").path(field)).isEqualTo(user.path(field));
    }
    assertThat(user.path("is_active").asBoolean()).isTrue();
  }

  @Test
  void anEditHasAnotherTextAndItsTimeToTheMicrosecond() throws Exception {
    JsonNode change = json(speller.post(42, 1, "u", 1_700_000_000_123_456L, 43));

    assertThat(change.path("op").asText()).isEqualTo("u");
    assertThat(change.path("source").path("lsn").asLong()).isEqualTo(43);
    assertThat(change.path("after").path("updated_at").asText())
        .isEqualTo("2023-11-14T22:13:20.123456Z");
    assertThat(change.path("after").path("content").asText()).isNotEqualTo(POSTS.text(42, 0));
  }

  @Test
  void textsAreNeitherTrifleNorEssay() {
    for (long post = 1; post <= 5_000; post++) {
      String text = POSTS.text(post, 0);
      assertThat(text).hasSizeBetween(PostCorpus.SHORTEST, PostCorpus.LONGEST);
      assertThat(new String(text.getBytes(UTF_8), UTF_8)).as("no half characters").isEqualTo(text);
    }
  }

  private static JsonNode row(byte[] value) throws Exception {
    return json(value).path("after");
  }

  private static JsonNode json(byte[] value) throws Exception {
    return new ObjectMapper().readTree(value);
  }
}
