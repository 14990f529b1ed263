package com.shareuptime.streams.proof.bench.limit;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.server.KafkaClients;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * Each server alone, driven by one thread, right after the measurement that it stands beside: by
 * the bare drivers, as what a library costs is no limit of a server.
 */
public final class Limits {
  private static final int KEYS = 200_000;
  private static final int BATCH = 2_000;
  private static final String UPSERT =
      "insert into bench_counters (target_type, target_id, likes_count, version)"
          + " select 'post', id, id, ? from unnest(?::bigint[]) as keys(id) order by id"
          + " on conflict (target_type, target_id) do update"
          + " set likes_count = excluded.likes_count, version = excluded.version"
          + " where bench_counters.version < excluded.version";

  private Limits() {}

  /** Adds the limits that a count of events meets, and how near it came to them. */
  public static Measurement beside(Measurement counted, Addresses addresses) throws SQLException {
    double read = consume(addresses.kafkaBootstrap(), "likes-events");
    return counted
        .with("limit: Kafka consumer records/s", Math.round(read))
        .with("ratio to it", counted.rate() / read)
        .with("limit: Redis pipelined HSET/s", Math.round(redisWrites(addresses)))
        .with("limit: Postgres versioned upserts/s", Math.round(postgresUpserts(addresses)));
  }

  /** Records a second that one consumer reads of a topic, keys and values as bytes. */
  static double consume(String bootstrap, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(bootstrap, topic)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      consumer.seekToBeginning(consumer.assignment());
      long total = ends.values().stream().mapToLong(Long::longValue).sum();
      long begin = System.nanoTime();
      for (long read = 0; read < total; ) {
        read += consumer.poll(Duration.ofMillis(100)).count();
      }
      return perSecond(total, begin);
    }
  }

  static double redisWrites(Addresses addresses) {
    try (Jedis redis = addresses.redis()) {
      long begin = System.nanoTime();
      for (int round = 0; round < 2; round++) {
        for (int from = 0; from < KEYS; from += BATCH) {
          try (Pipeline pipeline = redis.pipelined()) {
            for (int key = from; key < from + BATCH; key++) {
              pipeline.hset("bench:{post:" + key + "}", "likes", Integer.toString(round + key));
            }
          }
        }
      }
      return perSecond(2L * KEYS, begin);
    }
  }

  /** Half of them insert, half update. */
  static double postgresUpserts(Addresses addresses) throws SQLException {
    try (Connection connection = addresses.connect();
        Statement table = connection.createStatement()) {
      table.execute("create table bench_counters (like streams.counters including all)");
      long begin = System.nanoTime();
      try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
        for (int version = 1; version <= 2; version++) {
          for (int from = 0; from < KEYS; from += BATCH) {
            Object[] keys = IntStream.range(from, from + BATCH).boxed().toArray();
            upsert.setLong(1, version);
            upsert.setArray(2, connection.createArrayOf("bigint", keys));
            upsert.execute();
          }
        }
      }
      double rate = perSecond(2L * KEYS, begin);
      table.execute("drop table bench_counters");
      return rate;
    }
  }

  private static double perSecond(long amount, long beginNanos) {
    return amount * 1e9 / (System.nanoTime() - beginNanos);
  }
}
