package com.shareuptime.streams.feeds.row;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.control.ParseFeedControl;
import com.shareuptime.streams.testing.OddRecordsCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever an input topic holds, it takes effect or is a dead letter. */
class OddRecordsTest {
  @ParameterizedTest
  @EnumSource(names = {"POSTS", "FOLLOWS", "USERS"})
  void rows(CdcTable table) throws Exception {
    OddRecordsCheck.ofRows(new ParseFeedRow("feeds"), PostRow.TYPE, table)
        .with(ParseFeedRow.READERS)
        .takes(
            "{'before':null,'after':{'id':7,'author_id':3,'visibility':'public','is_deleted':false,"
                + "'follower_id':1,'followee_id':2,'status':'accepted','is_active':true,"
                + "'created_at':'2026-11-24T10:00:00.123456Z'},"
                + "'source':{'lsn':9,'ts_ms':1795941814000},'op':'c'}");
  }

  @Test
  void activity() throws Exception {
    OddRecordsCheck.ofRecords(new ParseActivity("feeds"), ReaderInput.TYPE, "user-activity")
        .takes("{'event_id':'a','user_id':7,'occurred_at':'2026-11-29T08:43:34Z'}");
  }

  @Test
  void control() throws Exception {
    OddRecordsCheck.ofRecords(new ParseFeedControl("feeds"), ReaderInput.TYPE, "pipeline-control")
        .with(ParseFeedControl.AUTHORS)
        .takes(
            "{'job':'feeds','action':'rebuild','user_id':7}",
            "{'job':'feeds','action':'rebuild','author_id':7}");
  }
}
