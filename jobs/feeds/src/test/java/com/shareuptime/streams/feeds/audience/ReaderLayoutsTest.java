package com.shareuptime.streams.feeds.audience;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.testing.GoldenLayouts;
import org.junit.jupiter.api.Test;

class ReaderLayoutsTest {
  private static final RowVersion VERSION = new RowVersion(1 << 20, 9, 8);

  @Test
  void state() {
    GoldenLayouts.verify(
        "reader", Reader.TYPE, new Reader(VERSION, true, 1, Reader.Status.JOINED, 2, 3, 4));
    GoldenLayouts.verify("followee", Followee.TYPE, new Followee(VERSION, true, 1));
  }

  @Test
  void messages() {
    GoldenLayouts.verifyCarried(
        ReaderInput.TYPE, new ReaderInput.Follow(Id.of(1), Id.of(2), VERSION, true, 3));
    GoldenLayouts.verifyCarried(
        ReaderInput.TYPE, new ReaderInput.Follow(Id.of(1), Id.of(2), VERSION, false, 3));
    GoldenLayouts.verifyCarried(ReaderInput.TYPE, new ReaderInput.Account(Id.of(1), VERSION, true));
    GoldenLayouts.verifyCarried(
        ReaderInput.TYPE, new ReaderInput.Account(Id.of(1), VERSION, false));
    GoldenLayouts.verifyCarried(ReaderInput.TYPE, new ReaderInput.Activity(Id.of(1), 2));
    GoldenLayouts.verifyCarried(ReaderInput.TYPE, new ReaderInput.Rebuild(Id.of(1)));
    GoldenLayouts.verifyCarried(ReaderInput.TYPE, new ReaderInput.Found(Id.of(1)));
  }
}
