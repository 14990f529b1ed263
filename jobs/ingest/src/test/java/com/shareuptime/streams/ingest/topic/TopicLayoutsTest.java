package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.ingest.check.SeenServer;
import com.shareuptime.streams.ingest.mapping.IngestModel;
import com.shareuptime.streams.testing.GoldenLayouts;
import org.junit.jupiter.api.Test;

class TopicLayoutsTest {
  @Test
  void state() {
    GoldenLayouts.verify("seen-server", SeenServer.TYPE, new SeenServer(1, 2, 3, 4));
    GoldenLayouts.verify("read-table", ReadTable.TYPE, new ReadTable("public.statuses", 16_384));
    GoldenLayouts.verify(
        "source-model", IngestModel.TYPE, new IngestModel("create view users as select …"));
    GoldenLayouts.verify(
        "table-generation-2",
        TableGeneration.TYPE,
        new TableGeneration("follows", 5L << 20 | 1, 2, true, 4, 16_384));
    GoldenLayouts.verifyRead(
        "table-generation-1",
        TableGeneration.TYPE,
        new TableGeneration("follows", 5L << 20 | 1, 2, true, 4, 0));
  }

  @Test
  void records() {
    GoldenLayouts.verify(
        "topic-record",
        TopicRecord.TYPE,
        new TopicRecord(
            "cdc.posts", 3, new byte[] {1}, new byte[] {2, 3}, "version", new byte[] {4}));
    GoldenLayouts.verify(
        "topic-record-tombstone",
        TopicRecord.TYPE,
        new TopicRecord("cdc.posts", 3, new byte[] {1}, null, "version", new byte[] {4}));
  }
}
