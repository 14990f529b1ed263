package com.shareuptime.streams.cdc;

import java.io.Serializable;
import java.util.Map;
import java.util.stream.Collectors;
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
 * The watermarks of topics with heartbeats: the heartbeats, and nothing else. Never idle, so that
 * an outage of the topics' writer holds time back. A beat that tells of more partitions than the
 * job reads is held: what is in the unread ones would be promised unseen.
 *
 * @param input what of a record the watermarks are made of
 * @param partitions how many partitions of each topic the job reads
 */
public record HeartbeatWatermarks<T>(Input<T> input, Map<String, Integer> partitions)
    implements WatermarkStrategy<T> {
  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatWatermarks.class);

  /** Finds the heartbeats among the records of an input. */
  public interface Input<T> extends Serializable {
    /** The heartbeat that the record is; null if it is something else. */
    Heartbeat heartbeat(T record);

    /** The topic of a record that is a heartbeat. */
    String topic(T record);
  }

  public HeartbeatWatermarks {
    partitions = Map.copyOf(partitions);
  }

  /**
   * Those of cdc topics.
   *
   * @param partitions how many partitions of each table's topic the job reads
   */
  public static HeartbeatWatermarks<CdcRecord> ofTables(Map<CdcTable, Integer> partitions) {
    return new HeartbeatWatermarks<>(
        new CdcInput(),
        partitions.entrySet().stream()
            .collect(Collectors.toMap(entry -> entry.getKey().topic(), Map.Entry::getValue)));
  }

  @Override
  public WatermarkGenerator<T> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new Generator<>(input, partitions);
  }

  @Override
  public TimestampAssigner<T> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
    return (record, kafkaTimestamp) -> kafkaTimestamp;
  }

  private static final class CdcInput implements Input<CdcRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public Heartbeat heartbeat(CdcRecord record) {
      return record.heartbeat();
    }

    @Override
    public String topic(CdcRecord record) {
      return record.table().topic();
    }
  }

  private static final class Generator<T> implements WatermarkGenerator<T> {
    private final Input<T> input;
    private final Map<String, Integer> partitions;
    private boolean held;

    Generator(Input<T> input, Map<String, Integer> partitions) {
      this.input = input;
      this.partitions = partitions;
    }

    @Override
    public void onEvent(T record, long timestamp, WatermarkOutput output) {
      Heartbeat beat = input.heartbeat(record);
      if (beat == null) {
        return;
      }
      String topic = input.topic(record);
      int read = partitions.getOrDefault(topic, 0);
      if (beat.partitions() <= read) {
        output.emitWatermark(new Watermark(beat.watermark()));
      } else if (!held) {
        held = true;
        LOG.error(
            "{} has {} partitions, this job was submitted when it had {}: progress is held back"
                + " until the job is upgraded (savepoint, then submit again)",
            topic,
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
