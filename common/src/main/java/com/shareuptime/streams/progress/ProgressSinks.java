package com.shareuptime.streams.progress;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.sink.CoalescingSink;
import com.shareuptime.streams.sink.SinkOptions;
import com.shareuptime.streams.sink.postgres.ColumnType;
import com.shareuptime.streams.sink.postgres.PostgresUpsertWriter;
import com.shareuptime.streams.sink.postgres.UpsertTable;
import com.shareuptime.streams.sink.postgres.UpsertTable.Column;
import com.shareuptime.streams.sink.redis.RedisWriter;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Publishes how far a surface is, in Postgres and in Redis. Each store has a writer of its own: the
 * outage of one holds back the other's news not at all.
 */
public final class ProgressSinks {
  private static final Duration INTERVAL = Duration.ofMillis(10);

  private static final UpsertTable TABLE =
      new UpsertTable(
          "streams.pipeline_progress",
          List.of(new Column("surface", ColumnType.TEXT)),
          List.of(
              new Column("visible_lsn", ColumnType.LSN),
              new Column("visible_at", ColumnType.TIMESTAMP_MICROS)),
          "visible_lsn");

  private ProgressSinks() {}

  /**
   * The progress of a surface: one stream of parallelism 1.
   *
   * @param beats the heartbeats as the cdc source reads them, with its watermark
   * @param written what comes out of the surface's sink: its watermark says what is written
   */
  public static SingleOutputStreamOperator<Progress> of(
      Surface surface, DataStream<Heartbeat> beats, DataStream<DeadLetter> written) {
    return beats
        .connect(written)
        .transform("progress of " + surface.label(), Progress.TYPE, new ProgressOperator(surface))
        .uid("progress-" + surface.label())
        .setParallelism(1)
        .setMaxParallelism(1);
  }

  /** Writes progress to {@code streams.pipeline_progress}. */
  public static SingleOutputStreamOperator<DeadLetter> toPostgres(
      String job, DataStream<Progress> progress, PostgresAddress address) {
    var writer =
        new PostgresUpsertWriter<Progress>(
            address, TABLE, p -> new Object[] {p.surface().label(), p.lsn(), p.beatMicros()});
    return write(job, progress, writer, "progress.postgres");
  }

  /** Writes progress to the hash {@code progress} of Redis. */
  public static SingleOutputStreamOperator<DeadLetter> toRedis(
      String job, DataStream<Progress> progress, RedisAddress address) {
    var writer =
        new RedisWriter<Progress>(
            address,
            new ProgressScript(),
            "progress.redis",
            "nothing, as the next beat writes progress again");
    return write(job, progress, writer, "progress.redis");
  }

  private static SingleOutputStreamOperator<DeadLetter> write(
      String job,
      DataStream<Progress> progress,
      com.shareuptime.streams.sink.BatchWriter<Progress> writer,
      String surface) {
    var sink =
        new CoalescingSink<>(
            Progress::surface, Progress::lsn, writer, SinkOptions.of(job, surface, INTERVAL));
    return sink.write(progress).uid(surface).setParallelism(1).setMaxParallelism(1);
  }
}
