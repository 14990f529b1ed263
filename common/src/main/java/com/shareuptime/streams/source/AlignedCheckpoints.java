package com.shareuptime.streams.source;

import com.shareuptime.streams.option.OptionException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A watermark says that all which came before it has been read. Unaligned checkpoints do not keep
 * that: at another parallelism, watermarks under way are restored into channels whose senders read
 * other partitions by then, with rows from before them still to come. Counts would be settled and
 * generations dropped too early.
 */
final class AlignedCheckpoints {
  private AlignedCheckpoints() {}

  /**
   * Refuses a job with unaligned checkpoints.
   *
   * @throws OptionException that says what to do
   */
  static void require(StreamExecutionEnvironment env) {
    if (env.getCheckpointConfig().isUnalignedCheckpointsEnabled()) {
      throw new OptionException(
          "'%s' is true: after a restore at another parallelism watermarks could be ahead of the rows that they stand for. Set it to false; a checkpoint that takes long is better helped by more parallelism"
              .formatted(CheckpointingOptions.ENABLE_UNALIGNED.key()));
    }
  }
}
