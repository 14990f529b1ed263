package com.shareuptime.streams.search.author;

import static com.shareuptime.streams.search.document.DocumentRow.NOBODY;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.search.DocumentKey;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sends an author what becomes the author's, and what no longer is: a post that was moved to
 * another account, or is gone. Row versions decide, so that neither a repeat nor a late record
 * gives a document back to a former author. Keyed by document, whose changes it sends in their
 * order.
 */
public final class TrackAuthorship
    extends KeyedProcessFunction<DocumentKey, AuthorshipRow, AuthorChange> {
  private static final long serialVersionUID = 1L;

  /**
   * About 50 bytes a document. A state of before this was kept has none: the author is then sent
   * the document once more, and a former author goes on sending snapshots, which the document
   * refuses.
   */
  private static final ValueStateDescriptor<Authorship> AUTHORSHIP =
      new ValueStateDescriptor<>("authorship", Authorship.TYPE);

  private final long retention;

  private transient ValueState<Authorship> state;

  /**
   * @param retention milliseconds for which documents that are gone are remembered
   */
  public TrackAuthorship(long retention) {
    this.retention = retention;
  }

  @Override
  public void open(OpenContext context) {
    state = getRuntimeContext().getState(AUTHORSHIP);
  }

  @Override
  public void processElement(AuthorshipRow row, Context context, Collector<AuthorChange> out)
      throws Exception {
    Authorship known = state.value();
    if (known != null && known.asOf().compareTo(row.version()) > 0) {
      return;
    }
    Id before = known == null ? NOBODY : known.author();
    boolean gone = row.author().equals(NOBODY);
    boolean moved = !before.equals(row.author());
    if (moved && !before.equals(NOBODY)) {
      out.collect(new AuthorChange.Left(before, row.document()));
    }
    // a generation that drops the row makes the document forget its author, though nothing comes
    // here
    if (!gone && (moved || known.asOf().generation() < row.version().generation())) {
      out.collect(new AuthorChange.Wrote(row.author(), row.document(), row.version()));
    }
    state.update(new Authorship(row.author(), row.version(), gone ? row.changedAt() : 0));
    if (gone) {
      context.timerService().registerEventTimeTimer(row.changedAt() + retention);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AuthorChange> out)
      throws Exception {
    Authorship known = state.value();
    if (known != null && known.author().equals(NOBODY) && known.goneAt() + retention <= timestamp) {
      state.clear();
    }
  }
}
