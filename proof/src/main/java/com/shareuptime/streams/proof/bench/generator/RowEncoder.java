package com.shareuptime.streams.proof.bench.generator;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Spells records of cdc topics as the ingest job does. Not thread-safe. */
public final class RowEncoder {
  /** The generation that all rows belong to: the first snapshot's. */
  public static final long GENERATION = 1L << 20;

  private final StringBuilder json = new StringBuilder(400);
  private final MillisText time = new MillisText();

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
    return (GENERATION + ":" + lsn + ":" + lsn).getBytes(US_ASCII); // one row a commit
  }

  /** Value of the header {@code heartbeat}. */
  public static byte[] heartbeat(long atMillis, long lsn, int partition, int partitions) {
    return (atMillis * 1000 + ":" + lsn + ":" + partition + ":" + partitions + ":" + GENERATION)
        .getBytes(US_ASCII);
  }

  /** A like that was committed just now. */
  public byte[] like(long post, long user, long lsn, long atMillis) {
    json.setLength(0);
    json.append("{\"before\":null,\"after\":{\"target_type\":\"post\",\"target_id\":");
    json.append(post).append(",\"user_id\":").append(user);
    json.append(",\"created_at\":\"").append(time.of(atMillis)).append("\"}");
    return ended("likes", "c", "false", lsn, atMillis);
  }

  /** A post as the snapshot finds it. */
  public byte[] post(long post, long atMillis) {
    json.setLength(0);
    json.append("{\"before\":null,\"after\":{\"id\":").append(post);
    json.append(
        ",\"author_id\":1,\"content\":\"A post\",\"media\":\"[]\",\"visibility\":\"public\"");
    json.append(",\"is_deleted\":false,\"likes_count\":0,\"comments_count\":0,\"shares_count\":0");
    json.append(",\"created_at\":\"").append(time.of(atMillis));
    json.append("\",\"updated_at\":\"").append(time.of(atMillis)).append("\"}");
    return ended("posts", "r", "true", 0, atMillis);
  }

  private byte[] ended(String table, String op, String snapshot, long lsn, long atMillis) {
    envelope(json, table, op, snapshot, lsn, atMillis);
    return json.toString().getBytes(US_ASCII);
  }

  /**
   * Ends a record, after its row.
   *
   * @param op Debezium's: {@code c} for a new row, {@code r} for one of the snapshot
   */
  public static void envelope(
      StringBuilder json, String table, String op, String snapshot, long lsn, long atMillis) {
    json.append(",\"source\":{\"connector\":\"postgresql\",\"db\":\"shareuptime\"");
    json.append(",\"schema\":\"public\",\"table\":\"").append(table);
    json.append("\",\"lsn\":").append(lsn).append(",\"generation\":").append(GENERATION);
    json.append(",\"snapshot\":\"").append(snapshot).append("\",\"ts_ms\":").append(atMillis);
    json.append("},\"op\":\"").append(op).append("\",\"ts_ms\":").append(atMillis).append('}');
  }
}
