package com.shareuptime.streams.feeds.row;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.control.ParseControl;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.testing.OddRecordsCheck;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever an input topic holds, it takes effect or is a dead letter. */
class OddRecordsTest {
  private static final long APPENDED = 1_795_941_814_000L;

  @ParameterizedTest
  @EnumSource(names = {"POSTS", "FOLLOWS", "USERS"})
  void rows(CdcTable table) throws Exception {
    new OddRecordsCheck<>(
            new ParseRow("feeds"),
            PostRow.TYPE,
            value ->
                new CdcRecord(
                    table,
                    0,
                    1,
                    APPENDED,
                    "{\"id\":7}".getBytes(StandardCharsets.UTF_8),
                    value,
                    new RowVersion(1, 9),
                    null,
                    null))
        .with(ParseRow.READERS)
        .takes(
            "{'before':null,'after':{'id':7,'author_id':3,'visibility':'public','is_deleted':false,"
                + "'follower_id':1,'followee_id':2,'status':'accepted','is_active':true,"
                + "'created_at':'2026-11-24T10:00:00.123456Z'},"
                + "'source':{'lsn':9,'ts_ms':1795941814000},'op':'c'}");
  }

  @Test
  void activity() throws Exception {
    new OddRecordsCheck<>(
            new ParseActivity("feeds"),
            ReaderInput.TYPE,
            value -> new RawRecord("user-activity", 0, 1, APPENDED, null, value))
        .takes("{'event_id':'a','user_id':7,'occurred_at':'2026-11-29T08:43:34Z'}");
  }

  @Test
  void control() throws Exception {
    new OddRecordsCheck<>(
            new ParseControl("feeds"),
            ReaderInput.TYPE,
            value -> new RawRecord("pipeline-control", 0, 1, APPENDED, null, value))
        .with(ParseControl.AUTHORS)
        .takes(
            "{'job':'feeds','action':'rebuild','user_id':7}",
            "{'job':'feeds','action':'rebuild','author_id':7}");
  }
}
