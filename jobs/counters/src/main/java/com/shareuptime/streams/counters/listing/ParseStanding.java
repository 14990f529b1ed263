package com.shareuptime.streams.counters.listing;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.source.Reading;
import com.shareuptime.streams.source.RowFunction;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.OutputTag;

/** Cdc records to what decides over lists: of targets, and by a side output of their authors. */
public final class ParseStanding extends RowFunction<TargetStanding> {
  private static final long serialVersionUID = 1L;

  /** Rows of users. */
  public static final OutputTag<AuthorStanding> AUTHORS =
      new OutputTag<>("authors", AuthorStanding.TYPE);

  private final IdKinds kinds;

  private transient StandingParser parser;

  /**
   * @param job named in dead letters
   * @param kinds of ids
   */
  public ParseStanding(String job, IdKinds kinds) {
    super(job);
    this.kinds = kinds;
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    parser = new StandingParser(kinds);
  }

  @Override
  protected void read(CdcRecord record, Reading<TargetStanding> reading) throws IOException {
    if (record.table().equals(CdcTable.POSTS) || record.table().equals(CdcTable.REELS)) {
      reading.collect(parser.target(record));
    } else if (record.table().equals(CdcTable.USERS)) {
      reading.output(AUTHORS, parser.author(record));
    } else {
      throw unexpected(record.table());
    }
  }
}
