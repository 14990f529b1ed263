package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.Reading;
import com.shareuptime.streams.source.RecordFunction;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.OutputTag;

/**
 * Bytes to deliveries. Heartbeats leave by {@link #HEARTBEATS}, what is neither by {@link
 * #DEAD_LETTERS} as it came.
 */
final class ParseDelivery extends RecordFunction<DeliveryRecord, Delivery> {
  private static final long serialVersionUID = 1L;

  /** The beats of the source, for progress. */
  static final OutputTag<Heartbeat> HEARTBEATS = new OutputTag<>("heartbeats", Heartbeat.TYPE);

  private final IdKinds kinds;

  private transient DeliveryParser parser;

  /**
   * @param job named in dead letters
   * @param kinds what ids are
   */
  ParseDelivery(String job, IdKinds kinds) {
    super(job, "malformed-delivery");
    this.kinds = kinds;
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    parser = new DeliveryParser(kinds);
  }

  @Override
  protected RawRecord raw(DeliveryRecord record) {
    return record.raw();
  }

  @Override
  protected void read(DeliveryRecord record, Reading<Delivery> reading) throws IOException {
    if (record.heartbeat() != null) {
      reading.output(HEARTBEATS, record.heartbeat());
      return;
    }
    RawRecord raw = record.raw();
    reading.collect(parser.parse(new Delivery.Place(raw.partition(), raw.offset()), raw.value()));
  }
}
