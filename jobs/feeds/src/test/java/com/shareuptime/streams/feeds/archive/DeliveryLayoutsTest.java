package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.testing.GoldenLayouts;
import org.junit.jupiter.api.Test;

class DeliveryLayoutsTest {
  private static final RawRecord RAW = new RawRecord("feed-deliveries", 1, 2, 3, null, new byte[4]);

  @Test
  void state() {
    GoldenLayouts.verify(
        "delivery",
        Delivery.TYPE,
        new Delivery(
            new Delivery.Place(3, 44),
            Id.of(5),
            Ids.of(Id.of(11), Id.of(12)),
            new long[] {13, 14},
            Ids.of(Id.of(21))));
  }

  @Test
  void records() {
    GoldenLayouts.verifyCarried(DeliveryRecord.TYPE, new DeliveryRecord(RAW, null));
    GoldenLayouts.verifyCarried(
        DeliveryRecord.TYPE, new DeliveryRecord(RAW, new Heartbeat(1_000_001, 77, 3, 4, 5L << 20)));
  }
}
