package com.shareuptime.streams.counters;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.counters.control.ParseCounterControl;
import com.shareuptime.streams.counters.event.CounterEvent;
import com.shareuptime.streams.counters.event.ParseEvent;
import com.shareuptime.streams.counters.listing.ParseStanding;
import com.shareuptime.streams.counters.listing.TargetStanding;
import com.shareuptime.streams.counters.presence.CountedRow;
import com.shareuptime.streams.counters.presence.ParseCountedRow;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.testing.NamedTable;
import com.shareuptime.streams.testing.OddRecordsCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an input topic holds, it is counted or a dead letter. */
class OddRecordsTest {
  private static final String UUID = "c0ffee00-0000-4000-8000-000000000001";

  /** Ids of these kinds, each as JSON has it. */
  private record Ids(IdKind posts, String post, IdKind users, String user) {
    IdKinds kinds() {
      return new IdKinds(users, posts, posts);
    }
  }

  private static final Ids NUMBERS = new Ids(IdKind.NUMBER, "1", IdKind.NUMBER, "2");
  private static final Ids TEXTS = new Ids(IdKind.UUID, "'" + UUID + "'", IdKind.TEXT, "'ü{2}'");

  @Test
  void events() throws Exception {
    events(NUMBERS);
    events(TEXTS);
  }

  private static void events(Ids ids) throws Exception {
    OddRecordsCheck.ofRecords(
            new ParseEvent("counters", 300_000, 3_600_000, ids.kinds()),
            CounterEvent.TYPE,
            "likes-events")
        .takes(
            "{'event_id':'e','type':'like','action':'create','target':'post','target_id':%s,"
                    .formatted(ids.post)
                + "'actor_id':7,'occurred_at':'2026-11-29T08:43:34Z'}",
            "{'event_id':'e','type':'share','action':'delete','target':'post','target_id':%s,"
                    .formatted(ids.post)
                + "'occurred_at':1795941814000}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"likes", "comments", "shares", "posts", "reels"})
  void rows(@ConvertWith(NamedTable.class) CdcTable table) throws Exception {
    rows(table, NUMBERS, Id.of(7));
    rows(table, TEXTS, Id.of(UUID));
  }

  private static void rows(CdcTable table, Ids ids, Id id) throws Exception {
    OddRecordsCheck.ofRows(new ParseCountedRow("counters", ids.kinds()), CountedRow.TYPE, table, id)
        .with(ParseCountedRow.TARGETS)
        .takes(
            "{'before':null,'after':{'id':%1$s,'target_type':'post','target_id':%2$s,'user_id':%3$s,"
                    .formatted(json(id), ids.post, ids.user)
                + "'author_id':2,'content':'c','is_deleted':false,"
                + "'created_at':'2026-11-24T10:00:00.123456Z'},"
                + "'source':{'lsn':9,'ts_ms':1795941814000},'op':'r'}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"posts", "reels", "users"})
  void rowsThatDecideOverLists(@ConvertWith(NamedTable.class) CdcTable table) throws Exception {
    rowsThatDecideOverLists(table, NUMBERS, Id.of(7));
    rowsThatDecideOverLists(table, TEXTS, Id.of(UUID));
  }

  private static void rowsThatDecideOverLists(CdcTable table, Ids ids, Id id) throws Exception {
    OddRecordsCheck.ofRows(
            new ParseStanding("counters", ids.kinds()), TargetStanding.TYPE, table, id)
        .with(ParseStanding.AUTHORS)
        .takes(
            "{'before':null,'after':{'id':%s,'author_id':%s,'content':'c','visibility':'public',"
                    .formatted(json(id), ids.user)
                + "'is_deleted':false,'is_active':true,"
                + "'created_at':'2026-11-24T10:00:00.123456Z'},"
                + "'source':{'lsn':9,'ts_ms':1795941814000},'op':'r'}");
  }

  @Test
  void control() throws Exception {
    control(NUMBERS);
    control(TEXTS);
  }

  private static void control(Ids ids) throws Exception {
    OddRecordsCheck.ofRecords(
            new ParseCounterControl("counters", ids.kinds()), TruthChange.TYPE, "pipeline-control")
        .takes(
            "{'job':'counters','action':'refresh','target':'post','target_id':%s}"
                .formatted(ids.post),
            "{'job':'counters','action':'correct','target':'post','target_id':%2$s,'if_version':7,'truth':%1$s,'found':%1$s}"
                .formatted(
                    Counts.of(5, 2).json(CountedView.CANONICAL).replace('"', '\''), ids.post));
  }

  private static String json(Id id) {
    return IdJson.node(id).toString().replace('"', '\'');
  }
}
