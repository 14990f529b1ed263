package com.shareuptime.streams.serialization;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.GenerationComplete;
import com.shareuptime.streams.cdc.GenerationEnd;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.progress.Progress;
import com.shareuptime.streams.sink.StoreMark;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.testing.GoldenLayouts;
import org.junit.jupiter.api.Test;

/** Values that several jobs have in their state or send between their subtasks. */
class LayoutsTest {
  private static final Heartbeat BEAT = new Heartbeat(1_000_001, 77, 3, 4, 5L << 20);

  @Test
  void records() {
    byte[] key = "{\"id\":1}".getBytes(UTF_8);
    byte[] value = "{\"text\":\"å\"}".getBytes(UTF_8);
    GoldenLayouts.verify(
        "raw-record", RawRecord.TYPE, new RawRecord("likes", 2, 300, 4_000, key, value));
    GoldenLayouts.verify(
        "raw-record-without-value",
        RawRecord.TYPE,
        new RawRecord("likes", 2, 300, 4_000, null, null));
    GoldenLayouts.verifyCarried(
        CdcRecord.TYPE,
        new CdcRecord(
            CdcTable.LIKES, 2, 300, 4_000, key, value, new RowVersion(1 << 20, 9, 8), null, null));
    GoldenLayouts.verifyCarried(
        CdcRecord.TYPE, new CdcRecord(CdcTable.USERS, 2, 300, 4_000, key, null, null, BEAT, null));
    GoldenLayouts.verifyCarried(
        CdcRecord.TYPE,
        new CdcRecord(
            CdcTable.FOLLOWS, 2, 300, 4_000, key, null, null, null, new GenerationEnd(2, 4, 9)));
  }

  @Test
  void state() {
    GoldenLayouts.verify("heartbeat", Heartbeat.TYPE, BEAT);
    GoldenLayouts.verify(
        "generation-complete",
        GenerationComplete.TYPE,
        new GenerationComplete(CdcTable.POSTS, 5L << 20, 1_234));
    GoldenLayouts.verify("store-mark", StoreMark.TYPE, new StoreMark("writer-1", 42, true));
    GoldenLayouts.verify(
        "progress-2", Progress.TYPE, new Progress(Surface.SEARCH_REELS, 77, 1_000_001, 5));
    GoldenLayouts.verifyRead(
        "progress-1", Progress.TYPE, new Progress(Surface.SEARCH_REELS, 77, 1_000_001, 0));
    GoldenLayouts.verify(
        "dead-letter",
        DeadLetter.TYPE,
        new DeadLetter(
            new byte[] {1, 2, 3}, null, "malformed", "counters", "likes", 1, 2, 3, "no id"));
  }
}
