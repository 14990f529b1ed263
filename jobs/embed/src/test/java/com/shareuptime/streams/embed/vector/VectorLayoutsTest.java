package com.shareuptime.streams.embed.vector;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.embed.text.TextRow;
import com.shareuptime.streams.testing.GoldenLayouts;
import org.junit.jupiter.api.Test;

class VectorLayoutsTest {
  private static final RowVersion VERSION = new RowVersion(1 << 20, 9, 8);

  @Test
  void state() {
    GoldenLayouts.verify(
        "text-state", TextState.TYPE, new TextState(VERSION, "hash", "model", "text å", 0));
    GoldenLayouts.verify(
        "text-state-done", TextState.TYPE, new TextState(VERSION, null, null, null, 3));
  }

  @Test
  void messages() {
    GoldenLayouts.verify(
        "text-row", TextRow.TYPE, new TextRow("post", Id.of(1), VERSION, true, "å", 2));
    GoldenLayouts.verify(
        "text-row-without-text",
        TextRow.TYPE,
        new TextRow("post", Id.of(1), VERSION, false, null, 2));
    GoldenLayouts.verifyCarried(
        KnownVector.TYPE, new KnownVector("post:1", "hash", "model", VERSION));
    GoldenLayouts.verifyCarried(KnownVector.TYPE, new KnownVector("post:1", null, null, null));
  }
}
