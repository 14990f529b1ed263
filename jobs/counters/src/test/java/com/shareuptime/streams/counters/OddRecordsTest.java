package com.shareuptime.streams.counters;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.counters.control.ParseCounterControl;
import com.shareuptime.streams.counters.event.CounterEvent;
import com.shareuptime.streams.counters.event.ParseEvent;
import com.shareuptime.streams.counters.listing.ParseStanding;
import com.shareuptime.streams.counters.listing.TargetStanding;
import com.shareuptime.streams.counters.presence.CountedRow;
import com.shareuptime.streams.counters.presence.ParseCountedRow;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.testing.OddRecordsCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever an input topic holds, it is counted or a dead letter. */
class OddRecordsTest {
  @Test
  void events() throws Exception {
    OddRecordsCheck.ofRecords(
            new ParseEvent("counters", 300_000, 3_600_000), CounterEvent.TYPE, "likes-events")
        .takes(
            "{'event_id':'e','type':'like','action':'create','target':'post','target_id':1,"
                + "'actor_id':7,'occurred_at':'2026-11-29T08:43:34Z'}",
            "{'event_id':'e','type':'share','action':'delete','target':'post','target_id':1,"
                + "'occurred_at':1795941814000}");
  }

  @ParameterizedTest
  @EnumSource(names = {"LIKES", "COMMENTS", "SHARES", "POSTS", "REELS"})
  void rows(CdcTable table) throws Exception {
    OddRecordsCheck.ofRows(new ParseCountedRow("counters"), CountedRow.TYPE, table)
        .with(ParseCountedRow.TARGETS)
        .takes(
            "{'before':null,'after':{'id':7,'target_type':'post','target_id':1,'user_id':2,"
                + "'author_id':2,'post_id':1,'content':'c','is_deleted':false,"
                + "'created_at':'2026-11-24T10:00:00.123456Z'},"
                + "'source':{'lsn':9,'ts_ms':1795941814000},'op':'r'}");
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTS", "REELS", "USERS"})
  void rowsThatDecideOverLists(CdcTable table) throws Exception {
    OddRecordsCheck.ofRows(new ParseStanding("counters"), TargetStanding.TYPE, table)
        .with(ParseStanding.AUTHORS)
        .takes(
            "{'before':null,'after':{'id':7,'author_id':2,'content':'c','visibility':'public',"
                + "'is_deleted':false,'is_active':true,"
                + "'created_at':'2026-11-24T10:00:00.123456Z'},"
                + "'source':{'lsn':9,'ts_ms':1795941814000},'op':'r'}");
  }

  @Test
  void control() throws Exception {
    OddRecordsCheck.ofRecords(
            new ParseCounterControl("counters"), TruthChange.TYPE, "pipeline-control")
        .takes(
            "{'job':'counters','action':'refresh','target':'post','target_id':42}",
            "{'job':'counters','action':'correct','target':'post','target_id':42,'if_version':7,"
                + "'truth':%1$s,'found':%1$s}"
                    .formatted(Counts.of(5, 2).json().replace('"', '\'')));
  }
}
