package com.shareuptime.streams.search.row;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.author.AuthorshipRow;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.source.MessageFunction;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.Reading;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.OutputTag;

/**
 * Records of the topic {@code posts-events} to documents of posts; who wrote them, and what cannot
 * be read, leave by side outputs.
 *
 * <p>Events of a post are in the order of its row's {@code updated_at}, in microseconds, however
 * they come. A delete is later than an update of the same time; one without {@code updated_at}
 * counts as of its append time, the broker's clock. So a repeat changes nothing, and what is older
 * than a delete brings nothing back. Of two updates with the same time the one that comes last
 * counts.
 */
public final class ParsePostEvent extends MessageFunction<DocumentInput> {
  private static final long serialVersionUID = 1L;

  /** The topic. */
  public static final String TOPIC = "posts-events";

  /** Who wrote what. */
  public static final OutputTag<AuthorshipRow> AUTHORSHIP = ParseDocumentRow.AUTHORSHIP;

  private final IdKinds kinds;

  private transient PostEventParser parser;

  /**
   * @param job named in dead letters
   */
  public ParsePostEvent(String job, IdKinds kinds) {
    super(job, "malformed-post-event");
    this.kinds = kinds;
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    parser = new PostEventParser(kinds);
  }

  @Override
  protected void read(RawRecord record, Reading<DocumentInput> reading) throws IOException {
    ParseDocumentRow.document(parser.parse(record.value(), record.timestamp()), reading);
  }
}
