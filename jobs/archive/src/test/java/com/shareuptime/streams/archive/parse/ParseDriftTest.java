package com.shareuptime.streams.archive.parse;

import com.shareuptime.streams.drift.DriftRecord;
import com.shareuptime.streams.testing.OddRecordsCheck;
import org.junit.jupiter.api.Test;

class ParseDriftTest {
  /** Whatever the topic holds is a row, or a dead letter. */
  @Test
  void oddRecords() throws Exception {
    OddRecordsCheck.ofRecords(new ParseDrift("archive"), DriftRecord.TYPE, DriftRecord.TOPIC)
        .takes(
            "{'target_type':'post','target_id':42,'kind':'like','action':'create',"
                + "'reason':'phantom','bucket':1795941814000,'amount':3,"
                + "'version':2199023255553,'job':'counters'}");
  }
}
