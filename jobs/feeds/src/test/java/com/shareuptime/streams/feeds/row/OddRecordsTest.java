package com.shareuptime.streams.feeds.row;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.control.ParseFeedControl;
import com.shareuptime.streams.testing.DrawnIds;
import com.shareuptime.streams.testing.OddRecordsCheck;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever an input topic holds, it takes effect or is a dead letter. */
class OddRecordsTest {
  private static String json(DrawnIds ids, long number) {
    return IdJson.node(ids.of(number)).toString();
  }

  @ParameterizedTest
  @EnumSource
  void rows(DrawnIds ids) throws Exception {
    for (CdcTable table : List.of(CdcTable.POSTS, CdcTable.FOLLOWS, CdcTable.USERS)) {
      OddRecordsCheck.ofRows(new ParseFeedRow("feeds", ids.kinds()), PostRow.TYPE, table, ids.of(7))
          .with(ParseFeedRow.READERS)
          .takes(
              ("{'before':null,'after':{'id':%s,'author_id':%s,'visibility':'public','in_feeds':true,"
                      + "'is_deleted':false,'follower_id':%s,'followee_id':%s,'status':'accepted',"
                      + "'is_active':true,'created_at':'2026-11-24T10:00:00.123456Z'},"
                      + "'source':{'lsn':9,'ts_ms':1795941814000},'op':'c'}")
                  .formatted(json(ids, 7), json(ids, 3), json(ids, 1), json(ids, 2)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void activity(DrawnIds ids) throws Exception {
    OddRecordsCheck.ofRecords(
            new ParseActivity("feeds", ids.kinds().users()), ReaderInput.TYPE, "user-activity")
        .takes(
            "{'event_id':'a','user_id':%s,'occurred_at':'2026-11-29T08:43:34Z'}"
                .formatted(json(ids, 7)));
  }

  @ParameterizedTest
  @EnumSource
  void control(DrawnIds ids) throws Exception {
    OddRecordsCheck.ofRecords(
            new ParseFeedControl("feeds", ids.kinds()), ReaderInput.TYPE, "pipeline-control")
        .with(ParseFeedControl.AUTHORS)
        .takes(
            "{'job':'feeds','action':'rebuild','user_id':%s}".formatted(json(ids, 7)),
            "{'job':'feeds','action':'rebuild','author_id':%s}".formatted(json(ids, 7)));
  }
}
