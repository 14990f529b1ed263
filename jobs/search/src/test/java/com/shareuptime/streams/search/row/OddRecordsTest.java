package com.shareuptime.streams.search.row;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.SearchMode;
import com.shareuptime.streams.search.control.ParseSearchControl;
import com.shareuptime.streams.search.count.ParseCounts;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.vector.ParseVectors;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.RecordFunction;
import com.shareuptime.streams.testing.OddRecordsCheck;
import com.shareuptime.streams.vector.DocumentVector;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever an input topic holds, it takes effect or is a dead letter. */
class OddRecordsTest {
  private static final Set<DocumentType> TYPES = EnumSet.allOf(DocumentType.class);

  @ParameterizedTest
  @EnumSource(names = {"POSTS", "REELS", "USERS"})
  void rows(CdcTable table) throws Exception {
    OddRecordsCheck.ofRows(new ParseDocumentRow("search"), DocumentInput.TYPE, table)
        .with(ParseDocumentRow.AUTHORS)
        .with(ParseDocumentRow.AUTHORSHIP)
        .takes(
            "{'before':null,'after':{'id':7,'author_id':3,'content':'c','caption':'c',"
                + "'visibility':'public','is_deleted':false,'username':'u','display_name':'n',"
                + "'avatar_url':null,'is_active':true,'is_verified':false,"
                + "'created_at':'2026-11-24T10:00:00.123456Z',"
                + "'updated_at':'2026-11-24T10:00:00.123456Z'},"
                + "'source':{'lsn':9,'ts_ms':1795941814000},'op':'u'}");
  }

  @Test
  void postEvents() throws Exception {
    takes(
        new ParsePostEvent("search"),
        "{'event_id':'e','action':'updated','post':{'id':7,'author_id':3,'content':'c',"
            + "'visibility':'public','is_deleted':false,'created_at':'2026-11-24T10:00:00Z',"
            + "'updated_at':'2026-11-24T10:00:00Z'}}",
        "{'event_id':'e','action':'deleted','post':{'id':7}}");
  }

  @Test
  void counts() throws Exception {
    takes(
        new ParseCounts("search", TYPES),
        "{'target':'post','target_id':42,'likes_count':1,'comments_count':2,'shares_count':3,"
            + "'version':4,'as_of':'2026-11-24T10:00:00Z'}");
  }

  @Test
  void vectors() throws Exception {
    var vector =
        new DocumentVector(
            "post", Id.of(42), "hash", "model", new float[384], new RowVersion(1, 9));
    takes(new ParseVectors("search", TYPES), new String(vector.value(), StandardCharsets.UTF_8));
  }

  @Test
  void control() throws Exception {
    takes(
        new ParseSearchControl("search", TYPES, SearchMode.CDC),
        "{'job':'search','action':'refresh','target':'post','target_id':42}",
        "{'job':'search','action':'fill','target':'post','target_id':42,'version':'1:2:3','row':"
            + "{'author_id':7,'is_deleted':false,'visibility':'public','text':'all of it',"
            + "'created_at':1,'updated_at':2}}",
        "{'job':'search','action':'fill','target':'user','target_id':7,'version':'1:2:3','row':"
            + "{'is_active':true,'is_verified':false,'username':'nora','display_name':'Nora',"
            + "'avatar_url':null}}");
  }

  private static void takes(RecordFunction<RawRecord, DocumentInput> function, String... records)
      throws Exception {
    OddRecordsCheck.ofRecords(function, DocumentInput.TYPE, "topic").takes(records);
  }
}
