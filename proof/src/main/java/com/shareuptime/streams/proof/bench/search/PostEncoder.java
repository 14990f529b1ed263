package com.shareuptime.streams.proof.bench.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.shareuptime.streams.contract.cdc.Envelope;
import com.shareuptime.streams.proof.bench.generator.ChangeEncoder;
import com.shareuptime.streams.proof.traffic.text.Profile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Spells rows of users and posts as the ingest job does, and the documents that are to come of
 * them, by the read contract. Not thread-safe.
 */
final class PostEncoder {
  private final PostCorpus posts;
  private final StringBuilder json = new StringBuilder(1_024);
  private final ChangeEncoder changes = new ChangeEncoder();

  PostEncoder(PostCorpus posts) {
    this.posts = posts;
  }

  byte[] user(long id, long lsn, long atMillis) {
    begin().append("{\"id\":").append(id);
    profile(PostCorpus.profile(id));
    json.append(",\"is_active\":true}");
    return change("users", Envelope.CREATE, lsn, atMillis);
  }

  /**
   * @param op Debezium's: {@code c} for a new row, {@code u} for a changed one
   * @param updatedMicros tells one revision from another
   */
  byte[] post(long id, int revision, String op, long updatedMicros, long lsn) {
    begin().append("{\"id\":").append(id);
    json.append(",\"author_id\":").append(posts.author(id));
    text("content", posts.text(id, revision));
    json.append(",\"media\":\"[]\",\"visibility\":\"public\",\"is_deleted\":false");
    counts();
    times(createdMicros(id), updatedMicros);
    json.append('}');
    return change("posts", op, lsn, updatedMicros / 1_000);
  }

  /** The document of a post as it was published, without likes. */
  byte[] document(long id) {
    long author = posts.author(id);
    begin().append("{\"id\":").append(id).append(",\"hidden\":false,\"author\":{\"id\":");
    json.append(author);
    profile(PostCorpus.profile(author));
    json.append('}');
    text("content", posts.text(id, 0));
    json.append(",\"visibility\":\"public\"");
    counts();
    times(createdMicros(id), createdMicros(id));
    return json.append('}').toString().getBytes(UTF_8);
  }

  /** Epoch microseconds: posts are a second apart. */
  static long createdMicros(long post) {
    return 1_700_000_000_000_000L + post * 1_000_000;
  }

  private StringBuilder begin() {
    json.setLength(0);
    return json;
  }

  private void profile(Profile profile) {
    text("username", profile.username());
    text("display_name", profile.displayName());
    if (profile.avatarUrl() == null) {
      json.append(",\"avatar_url\":null");
    } else {
      text("avatar_url", profile.avatarUrl());
    }
    json.append(",\"is_verified\":").append(profile.isVerified());
  }

  private void text(String field, String value) {
    json.append(",\"").append(field).append("\":\"");
    JsonStringEncoder.getInstance().quoteAsString(value, json);
    json.append('"');
  }

  private void counts() {
    json.append(",\"likes_count\":0,\"comments_count\":0,\"shares_count\":0");
  }

  private void times(long createdMicros, long updatedMicros) {
    json.append(",\"created_at\":\"").append(time(createdMicros));
    json.append("\",\"updated_at\":\"").append(time(updatedMicros)).append('"');
  }

  private static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private byte[] change(String table, String op, long lsn, long atMillis) {
    return changes.change(json.toString(), table, op, lsn, atMillis);
  }
}
