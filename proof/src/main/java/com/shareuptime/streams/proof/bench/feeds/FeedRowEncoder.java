package com.shareuptime.streams.proof.bench.feeds;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.shareuptime.streams.contract.cdc.Envelope;
import com.shareuptime.streams.proof.bench.generator.ChangeEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Spells rows of users, follows and posts as the ingest job does, and activities as services do.
 * Not thread-safe.
 */
final class FeedRowEncoder {
  private final ChangeEncoder changes = new ChangeEncoder();

  static byte[] followKey(long follower, long followee) {
    return ascii("{\"follower_id\":" + follower + ",\"followee_id\":" + followee + "}");
  }

  static byte[] activity(long user) {
    return ascii("{\"event_id\":\"activity-" + user + "\",\"user_id\":" + user + "}");
  }

  byte[] user(long id, long lsn, long atMicros) {
    String row =
        "{\"id\":%d,\"username\":\"user%d\",\"display_name\":\"User %d\",\"is_active\":true}"
            .formatted(id, id, id);
    return change("users", row, lsn, atMicros);
  }

  byte[] follow(long follower, long followee, long lsn, long atMicros) {
    String row =
        "{\"follower_id\":%d,\"followee_id\":%d,\"status\":\"accepted\",\"created_at\":\"%s\"}"
            .formatted(follower, followee, time(atMicros));
    return change("follows", row, lsn, atMicros);
  }

  byte[] post(long id, long author, long lsn, long atMicros) {
    String time = time(atMicros);
    String row =
        "{\"id\":"
            + id
            + ",\"author_id\":"
            + author
            + ",\"content\":\"A post\",\"media\":\"[]\",\"visibility\":\"public\""
            + ",\"is_deleted\":false,\"likes_count\":0,\"comments_count\":0,\"shares_count\":0"
            + ",\"created_at\":\""
            + time
            + "\",\"updated_at\":\""
            + time
            + "\"}";
    return change("posts", row, lsn, atMicros);
  }

  private byte[] change(String table, String row, long lsn, long atMicros) {
    return changes.change(row, table, Envelope.CREATE, lsn, atMicros / 1000);
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
