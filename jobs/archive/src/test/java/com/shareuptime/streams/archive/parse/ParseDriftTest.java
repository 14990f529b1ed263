package com.shareuptime.streams.archive.parse;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.drift.DriftRecord;
import com.shareuptime.streams.testing.OddRecordsCheck;
import org.junit.jupiter.api.Test;

class ParseDriftTest {
  /** Whatever the topic holds is a row, or a dead letter. */
  @Test
  void oddRecords() throws Exception {
    oddRecords("42", IdKinds.NUMBERS);
    oddRecords("'ü{42}'", new IdKinds(IdKind.NUMBER, IdKind.TEXT, IdKind.TEXT));
  }

  private static void oddRecords(String id, IdKinds kinds) throws Exception {
    OddRecordsCheck.ofRecords(new ParseDrift("archive", kinds), DriftRecord.TYPE, DriftRecord.TOPIC)
        .takes(
            "{'target_type':'post','target_id':%s,'kind':'like','action':'create',".formatted(id)
                + "'reason':'phantom','bucket':1795941814000,'amount':3,"
                + "'version':2199023255553,'job':'counters'}");
  }
}
