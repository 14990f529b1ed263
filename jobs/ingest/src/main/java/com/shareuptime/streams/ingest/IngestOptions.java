package com.shareuptime.streams.ingest;

import com.shareuptime.streams.ingest.mapping.SourceTable;
import com.shareuptime.streams.option.JobOptions;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.option.PostgresAddress;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/**
 * What the ingest job is told.
 *
 * @param chunkRows rows that one chunk of the snapshot aims at
 * @param heartbeatInterval how often the heartbeat row is written
 * @param deliveryTimeout how long a producer keeps trying one record
 * @param largestRow bytes that a change has at most as JSON, if it is to go whole into its topic
 */
public record IngestOptions(
    PostgresAddress source,
    KafkaAddress kafka,
    String slot,
    String publication,
    int chunkRows,
    Duration heartbeatInterval,
    Duration deliveryTimeout,
    int largestRow)
    implements Serializable {

  /** All of these. */
  public static final JobOptions OPTIONS = new JobOptions();

  public static final ConfigOption<String> SLOT =
      OPTIONS.text(
          "ingest.slot",
          "streams_ingest",
          "Replication slot of this job; one for each environment.");
  public static final ConfigOption<String> PUBLICATION =
      OPTIONS.text(
          "ingest.publication",
          "streams_cdc",
          "Publication that the slot is read through; a migration creates it.");
  public static final ConfigOption<Integer> CHUNK_ROWS =
      OPTIONS.number(
          "ingest.snapshot.chunk-rows",
          50_000,
          "Approximate number of rows in one chunk of a snapshot.");
  public static final ConfigOption<Duration> HEARTBEAT_INTERVAL =
      OPTIONS.duration(
          "ingest.heartbeat.interval",
          Duration.ofMillis(250),
          "How often the heartbeat row is written, 10 ms to 10 s.");
  public static final ConfigOption<Duration> DELIVERY_TIMEOUT =
      OPTIONS.duration(
          "ingest.kafka.delivery-timeout",
          Duration.ofSeconds(10),
          "Time for which a record is retried before the job restarts, 1 s to 15 s.");

  public static final ConfigOption<MemorySize> LARGEST_ROW =
      OPTIONS.add(
          ConfigOptions.key("ingest.largest-row")
              .memoryType()
              .defaultValue(MemorySize.ofMebiBytes(20))
              .withDescription(
                  "Largest change of a row, as JSON, that is written whole to its topic, 1 MiB to"
                      + " 200 MiB. A larger one is written without its longest texts and recorded"
                      + " in streams.ingest_holes. max.message.bytes of the topics must be a tenth"
                      + " larger."));

  /** The heartbeat's table, which the slot is read for besides those of the model. */
  public static final SourceTable HEARTBEAT_TABLE =
      new SourceTable("streams", "pipeline_heartbeat");

  public IngestOptions {
    if (!slot.matches("[a-z0-9_]{1,63}")) {
      throw new OptionException(
          "option '%s' cannot be '%s': a slot's name is lower case letters, digits and '_', 63 at most"
              .formatted(SLOT.key(), slot));
    }
    within(CHUNK_ROWS, chunkRows, 2, 10_000_000, "");
    within(HEARTBEAT_INTERVAL, heartbeatInterval.toMillis(), 10, 10_000, " ms");
    within(DELIVERY_TIMEOUT, deliveryTimeout.toMillis(), 1_000, 15_000, " ms");
    within(LARGEST_ROW, largestRow, 1 << 20, 200 << 20, " bytes");
  }

  /** Bytes of a record at most: with its key, its headers, and what compressing may add. */
  public int largestRecord() {
    return largestRow + largestRow / 10;
  }

  private static void within(
      ConfigOption<?> option, long value, long least, long most, String unit) {
    if (value < least || value > most) {
      throw new OptionException(
          "option '%s' cannot be %d%s: it must lie in %d..%d%s"
              .formatted(option.key(), value, unit, least, most, unit));
    }
  }

  /**
   * The job's options.
   *
   * @throws OptionException if one is out of its bounds
   */
  public static IngestOptions of(ReadableConfig options) {
    return new IngestOptions(
        PostgresAddress.source(options),
        KafkaAddress.of(options),
        options.get(SLOT),
        options.get(PUBLICATION),
        options.get(CHUNK_ROWS),
        options.get(HEARTBEAT_INTERVAL),
        options.get(DELIVERY_TIMEOUT),
        (int) Math.min(Integer.MAX_VALUE, options.get(LARGEST_ROW).getBytes()));
  }
}
