package com.shareuptime.streams.proof.bench.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.proof.traffic.text.Profile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The documents that are to come of the posts' rows, by the read contract. */
record PostDocument(PostCorpus posts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As the post was published, without likes. */
  ObjectNode of(long id) {
    long author = posts.author(id);
    Profile profile = PostCorpus.profile(author);
    String created = Instant.EPOCH.plus(createdMicros(id), ChronoUnit.MICROS).toString();
    ObjectNode document = JSON.createObjectNode().put("id", id).put("hidden", false);
    document
        .putObject("author")
        .put("id", author)
        .put("username", profile.username())
        .put("display_name", profile.displayName())
        .put("avatar_url", profile.avatarUrl())
        .put("is_verified", profile.isVerified());
    return document
        .put("content", posts.text(id, 0))
        .put("visibility", "public")
        .put("likes_count", 0)
        .put("comments_count", 0)
        .put("shares_count", 0)
        .put("created_at", created)
        .put("updated_at", created);
  }

  /** Epoch microseconds: posts are a second apart. */
  static long createdMicros(long post) {
    return 1_700_000_000_000_000L + post * 1_000_000;
  }
}
