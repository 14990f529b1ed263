package com.shareuptime.streams.cdc;

import java.util.Map;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watermarks of cdc topics: the heartbeats, and nothing else. Never idle, so that an outage of
 * ingest holds time back. A beat that tells of more partitions than the job reads is held: rows in
 * the unread ones would be promised unseen.
 *
 * @param partitions how many partitions of each table's topic the job reads
 */
public record HeartbeatWatermarks(Map<CdcTable, Integer> partitions)
    implements WatermarkStrategy<CdcRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatWatermarks.class);

  public HeartbeatWatermarks {
    partitions = Map.copyOf(partitions);
  }

  @Override
  public WatermarkGenerator<CdcRecord> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new Generator(partitions);
  }

  @Override
  public TimestampAssigner<CdcRecord> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return (record, kafkaTimestamp) -> kafkaTimestamp;
  }

  private static final class Generator implements WatermarkGenerator<CdcRecord> {
    private final Map<CdcTable, Integer> partitions;
    private boolean held;

    Generator(Map<CdcTable, Integer> partitions) {
      this.partitions = partitions;
    }

    @Override
    public void onEvent(CdcRecord record, long timestamp, WatermarkOutput output) {
      Heartbeat beat = record.heartbeat();
      if (beat == null) {
        return;
      }
      int read = partitions.getOrDefault(record.table(), 0);
      if (beat.partitions() <= read) {
        output.emitWatermark(new Watermark(beat.watermark()));
      } else if (!held) {
        held = true;
        LOG.error(
            "{} has {} partitions, this job was submitted when it had {}: progress is held back"
                + " until the job is upgraded (savepoint, then submit again)",
            record.table().topic(),
            beat.partitions(),
            read);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // heartbeats only
    }
  }
}
