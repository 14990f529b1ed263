package com.shareuptime.streams.proof.bench.generator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.shareuptime.streams.contract.cdc.Envelope;
import com.shareuptime.streams.proof.traffic.text.Profile;
import java.nio.charset.StandardCharsets;

/** Makes records of cdc topics as the ingest job does. Not thread-safe. */
public final class RowEncoder {
  private final StringBuilder json = new StringBuilder(1_024);
  private final TimeText created = new TimeText();
  private final TimeText updated = new TimeText();
  private final ChangeEncoder changes = new ChangeEncoder();

  static byte[] likeKey(long post, long user) {
    return utf8("{\"target_type\":\"post\",\"target_id\":" + post + ",\"user_id\":" + user + "}");
  }

  static byte[] idKey(long id) {
    return utf8("{\"id\":" + id + "}");
  }

  static byte[] followKey(long follower, long followee) {
    return utf8("{\"follower_id\":" + follower + ",\"followee_id\":" + followee + "}");
  }

  static byte[] heartbeatKey(int partition) {
    return utf8("{\"heartbeat\":" + partition + "}");
  }

  /** Value of the header {@code version}. */
  static byte[] version(long lsn) {
    return utf8(ChangeEncoder.GENERATION + ":" + lsn + ":" + lsn); // one row a commit
  }

  /** Value of the header {@code heartbeat}. */
  static byte[] heartbeat(long atMillis, long lsn, int partition, int partitions) {
    return utf8(
        "%d:%d:%d:%d:%d"
            .formatted(atMillis * 1000, lsn, partition, partitions, ChangeEncoder.GENERATION));
  }

  /** A like that was committed just now. */
  byte[] like(long post, long user, long lsn, long atMillis) {
    begin().append("\"target_type\":\"post\",\"target_id\":").append(post);
    json.append(",\"user_id\":").append(user);
    time("created_at", created, atMillis * 1_000);
    return ended("likes", Envelope.CREATE, lsn, atMillis);
  }

  byte[] user(long id, Profile profile, long lsn, long atMillis) {
    begin().append("\"id\":").append(id);
    text("username", profile.username());
    text("display_name", profile.displayName());
    if (profile.avatarUrl() == null) {
      json.append(",\"avatar_url\":null");
    } else {
      text("avatar_url", profile.avatarUrl());
    }
    json.append(",\"is_verified\":").append(profile.isVerified()).append(",\"is_active\":true");
    return ended("users", Envelope.CREATE, lsn, atMillis);
  }

  byte[] follow(long follower, long followee, long lsn, long atMillis) {
    begin().append("\"follower_id\":").append(follower);
    json.append(",\"followee_id\":").append(followee).append(",\"status\":\"accepted\"");
    time("created_at", created, atMillis * 1_000);
    return ended("follows", Envelope.CREATE, lsn, atMillis);
  }

  /**
   * @param op of {@link Envelope}
   */
  byte[] post(PublishedPost post, String op, long lsn) {
    begin().append("\"id\":").append(post.id()).append(",\"author_id\":").append(post.author());
    text("content", post.content());
    json.append(",\"media\":\"[]\",\"visibility\":\"public\",\"is_deleted\":false");
    json.append(",\"likes_count\":0,\"comments_count\":0,\"shares_count\":0");
    time("created_at", created, post.createdMicros());
    time("updated_at", updated, post.updatedMicros());
    return ended("posts", op, lsn, post.updatedMicros() / 1_000);
  }

  private StringBuilder begin() {
    json.setLength(0);
    return json.append('{');
  }

  private void text(String field, String value) {
    json.append(",\"").append(field).append("\":\"");
    JsonStringEncoder.getInstance().quoteAsString(value, json);
    json.append('"');
  }

  private void time(String field, TimeText time, long micros) {
    json.append(",\"").append(field).append("\":\"").append(time.of(micros)).append('"');
  }

  private byte[] ended(String table, String op, long lsn, long atMillis) {
    return changes.change(json.append('}').toString(), table, op, lsn, atMillis);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
