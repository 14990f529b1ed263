package com.shareuptime.streams.feeds.row;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.source.Reading;
import com.shareuptime.streams.source.RowFunction;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.OutputTag;

/**
 * Cdc records to posts; what they tell of readers, the heartbeats, and what cannot be read leave by
 * side outputs. Rows that only an earlier generation knew are left to the reader's query, which
 * hides them.
 */
public final class ParseFeedRow extends RowFunction<PostRow> {
  private static final long serialVersionUID = 1L;

  /** Rows of follows and users. */
  public static final OutputTag<ReaderInput> READERS = new OutputTag<>("readers", ReaderInput.TYPE);

  private final IdKinds kinds;

  private transient FeedRowParser parser;

  /**
   * @param job named in dead letters
   * @param kinds what ids are
   */
  public ParseFeedRow(String job, IdKinds kinds) {
    super(job);
    this.kinds = kinds;
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    parser = new FeedRowParser(kinds);
  }

  @Override
  protected void read(CdcRecord record, Reading<PostRow> reading) throws IOException {
    CdcTable table = record.table();
    if (table.equals(CdcTable.POSTS)) {
      reading.collect(parser.post(record));
    } else if (table.equals(CdcTable.FOLLOWS)) {
      reading.output(READERS, parser.follow(record));
    } else if (table.equals(CdcTable.USERS)) {
      reading.output(READERS, parser.account(record));
    } else {
      throw unexpected(table);
    }
  }
}
