package com.shareuptime.streams.sink;

import com.shareuptime.streams.deadletter.DeadLetter;
import java.io.Serializable;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * A sink of versioned, absolute values that keeps only the newest a key and outlives the outage of
 * its server.
 *
 * <ul>
 *   <li>Values of one key are written in order. Each is written at least once, or replaced by a
 *       newer one.
 *   <li>The task never waits for the server: a checkpoint takes what is unsent into operator state.
 *       Only above {@link SinkOptions#maxPendingKeys} is input held back. With a {@link Condenser},
 *       an outage holds nothing back at all.
 *   <li>A watermark comes out when all that went in before it is written: {@code progress} builds
 *       on that.
 *   <li>A batch that fails is tried until it succeeds; a value that the server refuses comes out as
 *       a dead letter.
 * </ul>
 *
 * @param keyOf the key of a value, the same as the server's
 * @param versionOf the version of a value, the same as the server compares
 * @param condenser what values become in an outage that are too many, or get into a checkpoint;
 *     null for what they are
 */
public record CoalescingSink<K, T>(
    KeySelector<T, K> keyOf,
    VersionOf<T> versionOf,
    BatchWriter<T> writer,
    SinkOptions options,
    Condenser<T> condenser)
    implements Serializable {

  /** A sink that keeps all values as they are. */
  public CoalescingSink(
      KeySelector<T, K> keyOf, VersionOf<T> versionOf, BatchWriter<T> writer, SinkOptions options) {
    this(keyOf, versionOf, writer, options, null);
  }

  /**
   * Writes {@code values}; what comes out is dead letters, and the watermark as far as it is
   * written.
   */
  public SingleOutputStreamOperator<DeadLetter> write(DataStream<T> values) {
    return values.transform(
        "write " + options.surface(),
        DeadLetter.TYPE,
        new CoalescingSinkOperatorFactory<>(this, values.getType()));
  }
}
