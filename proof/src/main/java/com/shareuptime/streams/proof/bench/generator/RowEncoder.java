package com.shareuptime.streams.proof.bench.generator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.shareuptime.streams.contract.cdc.Envelope;

/** Spells records of cdc topics as the ingest job does. Not thread-safe. */
public final class RowEncoder {
  private final StringBuilder json = new StringBuilder(400);
  private final MillisText time = new MillisText();
  private final ChangeEncoder changes = new ChangeEncoder();

  public static byte[] likeKey(long post, long user) {
    return ("{\"target_type\":\"post\",\"target_id\":" + post + ",\"user_id\":" + user + "}")
        .getBytes(US_ASCII);
  }

  public static byte[] idKey(long id) {
    return ("{\"id\":" + id + "}").getBytes(US_ASCII);
  }

  public static byte[] heartbeatKey(int partition) {
    return ("{\"heartbeat\":" + partition + "}").getBytes(US_ASCII);
  }

  /** Value of the header {@code version}. */
  public static byte[] version(long lsn) {
    return (ChangeEncoder.GENERATION + ":" + lsn + ":" + lsn)
        .getBytes(US_ASCII); // one row a commit
  }

  /** Value of the header {@code heartbeat}. */
  public static byte[] heartbeat(long atMillis, long lsn, int partition, int partitions) {
    return (atMillis * 1000
            + ":"
            + lsn
            + ":"
            + partition
            + ":"
            + partitions
            + ":"
            + ChangeEncoder.GENERATION)
        .getBytes(US_ASCII);
  }

  /** A like that was committed just now. */
  public byte[] like(long post, long user, long lsn, long atMillis) {
    json.setLength(0);
    json.append("{\"target_type\":\"post\",\"target_id\":");
    json.append(post).append(",\"user_id\":").append(user);
    json.append(",\"created_at\":\"").append(time.of(atMillis)).append("\"}");
    return changes.change(json.toString(), "likes", Envelope.CREATE, lsn, atMillis);
  }

  /** A post as the snapshot finds it. */
  public byte[] post(long post, long atMillis) {
    json.setLength(0);
    json.append("{\"id\":").append(post);
    json.append(
        ",\"author_id\":1,\"content\":\"A post\",\"media\":\"[]\",\"visibility\":\"public\"");
    json.append(",\"is_deleted\":false,\"likes_count\":0,\"comments_count\":0,\"shares_count\":0");
    json.append(",\"created_at\":\"").append(time.of(atMillis));
    json.append("\",\"updated_at\":\"").append(time.of(atMillis)).append("\"}");
    return changes.change(json.toString(), "posts", Envelope.READ, 0, atMillis);
  }
}
