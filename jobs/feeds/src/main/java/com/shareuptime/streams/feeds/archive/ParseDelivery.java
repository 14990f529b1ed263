package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.source.RawRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Bytes to deliveries. Heartbeats leave by {@link #HEARTBEATS}, what is neither by {@link
 * #DEAD_LETTERS} as it came.
 */
final class ParseDelivery extends ProcessFunction<DeliveryRecord, Delivery> {
  private static final long serialVersionUID = 1L;

  /** The beats of the source, for progress. */
  static final OutputTag<Heartbeat> HEARTBEATS = new OutputTag<>("heartbeats", Heartbeat.TYPE);

  /** What is no delivery. */
  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-deliveries", DeadLetter.TYPE);

  private static final String REASON = "malformed-delivery";

  private final String job;

  private transient DeliveryParser parser;
  private transient Counter malformed;

  /**
   * @param job named in dead letters
   */
  ParseDelivery(String job) {
    this.job = job;
  }

  @Override
  public void open(OpenContext context) {
    parser = new DeliveryParser();
    malformed =
        getRuntimeContext().getMetricGroup().addGroup("reason", REASON).counter("deadLetters");
  }

  @Override
  public void processElement(DeliveryRecord record, Context context, Collector<Delivery> out) {
    if (record.heartbeat() != null) {
      context.output(HEARTBEATS, record.heartbeat());
      return;
    }
    RawRecord raw = record.raw();
    try {
      out.collect(parser.parse(new Delivery.Place(raw.partition(), raw.offset()), raw.value()));
    } catch (InvalidDelivery e) {
      malformed.inc();
      context.output(DEAD_LETTERS, raw.deadLetter(job, REASON, e.getMessage()));
    }
  }
}
