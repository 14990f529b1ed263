package com.shareuptime.streams.proof.bench.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class PostDocumentTest {
  private static final PostCorpus POSTS = new PostCorpus(100, 1);

  @Test
  void aDocumentSaysWhatItsPostAndItsAuthorSay() {
    JsonNode document = new PostDocument(POSTS).of(42);
    long author = POSTS.author(42);

    assertThat(document.path("id").asLong()).isEqualTo(42);
    assertThat(document.path("content").asText()).isEqualTo(POSTS.text(42, 0));
    assertThat(document.path("author").path("id").asLong()).isEqualTo(author);
    assertThat(document.path("author").path("username").asText())
        .isEqualTo(PostCorpus.profile(author).username());
    assertThat(document.path("created_at").asText()).isEqualTo("2023-11-14T22:14:02Z");
    assertThat(document.path("updated_at")).isEqualTo(document.path("created_at"));
  }

  @Test
  void anEditHasAnotherText() {
    assertThat(POSTS.text(42, 1)).isNotEqualTo(POSTS.text(42, 0));
  }

  @Test
  void textsAreNeitherTrifleNorEssay() {
    for (long post = 1; post <= 5_000; post++) {
      String text = POSTS.text(post, 0);
      assertThat(text).hasSizeBetween(PostCorpus.SHORTEST, PostCorpus.LONGEST);
      assertThat(new String(text.getBytes(UTF_8), UTF_8)).as("no half characters").isEqualTo(text);
    }
  }
}
