package com.shareuptime.streams.search.row;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.SearchMode;
import com.shareuptime.streams.search.control.ParseSearchControl;
import com.shareuptime.streams.search.count.ParseCounts;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.vector.ParseVectors;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.RecordFunction;
import com.shareuptime.streams.testing.DrawnIds;
import com.shareuptime.streams.testing.NamedTable;
import com.shareuptime.streams.testing.OddRecordsCheck;
import com.shareuptime.streams.vector.DocumentVector;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever an input topic holds, it takes effect or is a dead letter. */
class OddRecordsTest {
  private static final Set<DocumentType> TYPES = EnumSet.allOf(DocumentType.class);

  @ParameterizedTest
  @CsvSource({
    "POSTS, NUMBERS", "REELS, NUMBERS", "USERS, NUMBERS",
    "POSTS, UUIDS", "REELS, TEXTS", "USERS, TEXTS"
  })
  void rows(@ConvertWith(NamedTable.class) CdcTable table, DrawnIds ids) throws Exception {
    OddRecordsCheck.ofRows(
            new ParseDocumentRow("search", kinds(ids)), DocumentInput.TYPE, table, ids.of(7))
        .with(ParseDocumentRow.AUTHORS)
        .with(ParseDocumentRow.AUTHORSHIP)
        .takes(
            ("{'before':null,'after':{'id':%s,'author_id':%s,'content':'c','caption':'c',"
                    + "'visibility':'public','is_deleted':false,'username':'u','display_name':'n',"
                    + "'avatar_url':null,'is_active':true,'is_verified':false,"
                    + "'created_at':'2026-11-24T10:00:00.123456Z',"
                    + "'updated_at':'2026-11-24T10:00:00.123456Z'},"
                    + "'source':{'lsn':9,'ts_ms':1795941814000},'op':'u'}")
                .formatted(json(ids, 7), json(ids, 3)));
  }

  @ParameterizedTest
  @EnumSource
  void postEvents(DrawnIds ids) throws Exception {
    takes(
        new ParsePostEvent("search", kinds(ids)),
        ("{'event_id':'e','action':'updated','post':{'id':%s,'author_id':%s,'content':'c',"
                + "'visibility':'public','is_deleted':false,'created_at':'2026-11-24T10:00:00Z',"
                + "'updated_at':'2026-11-24T10:00:00Z'}}")
            .formatted(json(ids, 7), json(ids, 3)),
        "{'event_id':'e','action':'deleted','post':{'id':%s}}".formatted(json(ids, 7)));
  }

  @ParameterizedTest
  @EnumSource
  void counts(DrawnIds ids) throws Exception {
    takes(
        new ParseCounts("search", TYPES, kinds(ids)),
        ("{'target':'post','target_id':%s,'likes_count':1,'comments_count':2,'shares_count':3,"
                + "'version':4,'as_of':'2026-11-24T10:00:00Z'}")
            .formatted(json(ids, 42)));
  }

  @ParameterizedTest
  @EnumSource
  void vectors(DrawnIds ids) throws Exception {
    var vector =
        new DocumentVector(
            "post", ids.of(42), "hash", "model", new float[384], new RowVersion(1, 9));
    takes(
        new ParseVectors("search", TYPES, kinds(ids)),
        new String(vector.value(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void control(DrawnIds ids) throws Exception {
    takes(
        new ParseSearchControl("search", TYPES, SearchMode.CDC, kinds(ids)),
        "{'job':'search','action':'refresh','target':'post','target_id':%s}"
            .formatted(json(ids, 42)),
        ("{'job':'search','action':'fill','target':'post','target_id':%s,'version':'1:2:3','row':"
                + "{'author_id':%s,'is_deleted':false,'visibility':'public','text':'all of it',"
                + "'created_at':1,'updated_at':2}}")
            .formatted(json(ids, 42), json(ids, 7)),
        ("{'job':'search','action':'fill','target':'user','target_id':%s,'version':'1:2:3','row':"
                + "{'is_active':true,'is_verified':false,'username':'nora','display_name':'Nora',"
                + "'avatar_url':null}}")
            .formatted(json(ids, 7)));
  }

  private static IdKinds kinds(DrawnIds ids) {
    return new IdKinds(ids.kind(), ids.kind(), ids.kind());
  }

  private static String json(DrawnIds ids, long number) {
    return IdJson.node(ids.of(number)).toString();
  }

  private static void takes(RecordFunction<RawRecord, DocumentInput> function, String... records)
      throws Exception {
    OddRecordsCheck.ofRecords(function, DocumentInput.TYPE, "topic").takes(records);
  }
}
