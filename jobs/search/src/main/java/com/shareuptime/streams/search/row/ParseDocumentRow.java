package com.shareuptime.streams.search.row;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.GenerationComplete;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.author.AuthorChange;
import com.shareuptime.streams.search.author.AuthorshipRow;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.document.DocumentRow;
import com.shareuptime.streams.source.Reading;
import com.shareuptime.streams.source.RowFunction;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.OutputTag;

/**
 * Cdc records to documents; what they tell of authors, completed generations, the heartbeats, and
 * what cannot be read leave by side outputs.
 */
public final class ParseDocumentRow extends RowFunction<DocumentInput> {
  private static final long serialVersionUID = 1L;

  /** Users. */
  public static final OutputTag<AuthorChange> AUTHORS =
      new OutputTag<>("authors", AuthorChange.TYPE);

  /** Who wrote what. */
  public static final OutputTag<AuthorshipRow> AUTHORSHIP =
      new OutputTag<>("authorship", AuthorshipRow.TYPE);

  /** Completed generations of posts and reels, for every subtask of the documents. */
  public static final OutputTag<DocumentInput> GENERATIONS =
      new OutputTag<>("generations", DocumentInput.TYPE);

  private final IdKinds kinds;

  private transient DocumentRowParser parser;

  /**
   * @param job named in dead letters
   */
  public ParseDocumentRow(String job, IdKinds kinds) {
    super(job);
    this.kinds = kinds;
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    parser = new DocumentRowParser(kinds);
  }

  @Override
  protected void read(CdcRecord record, Reading<DocumentInput> reading) throws IOException {
    CdcTable table = record.table();
    if (table.equals(CdcTable.POSTS)) {
      document(parser.document(DocumentType.POST, record), reading);
    } else if (table.equals(CdcTable.REELS)) {
      document(parser.document(DocumentType.REEL, record), reading);
    } else if (table.equals(CdcTable.USERS)) {
      reading.output(AUTHORS, new AuthorChange.Changed(parser.author(record)));
    } else {
      throw unexpected(table);
    }
  }

  @Override
  protected void complete(GenerationComplete news, Context context) {
    if (!news.table().equals(CdcTable.USERS)) { // with a user that is gone went the documents
      context.output(GENERATIONS, new DocumentInput.Generation(news));
    }
  }

  /** Passes a document on, and whose it is. */
  public static void document(DocumentRow row, Reading<DocumentInput> reading) {
    reading.collect(row);
    reading.output(
        AUTHORSHIP,
        new AuthorshipRow(
            row.document(),
            row.version(),
            row.exists() ? row.author() : DocumentRow.NOBODY,
            row.changedAt()));
  }
}
