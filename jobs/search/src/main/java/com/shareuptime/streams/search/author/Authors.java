package com.shareuptime.streams.search.author;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.pace.Turns;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.search.document.AuthorSnapshot;
import com.shareuptime.streams.search.document.DocumentInput;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sends each document a snapshot of its author, at once when the document is new to the author, and
 * step by step when the author changes, so that the rename of somebody with many documents holds up
 * nobody. Another change while that goes on starts it again from the beginning.
 *
 * <p>A document that is another's by now, or gone, is forgotten.
 */
public final class Authors extends KeyedProcessFunction<Id, AuthorChange, DocumentInput> {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<AuthorRow> AUTHOR =
      new ValueStateDescriptor<>("author", AuthorRow.TYPE);

  /**
   * So many steps make a second's worth: a step is the whole of most authors, who are told at once,
   * and as much of one who has more before others have their turn.
   */
  private static final int STEPS_PER_SECOND = 8;

  private final int snapshotsPerSecond;
  private final int step;
  private final IdKinds kinds;

  private transient ValueState<AuthorRow> authorState;
  private transient AuthorDocuments<?, ?> documents;
  private transient Turns turns;
  private transient Counter snapshots;
  private transient Counter renames;
  private transient Counter stale;
  private transient Counter textMissing;

  /**
   * @param snapshotsPerSecond at most so many documents a second and subtask are told of changes
   * @param kinds of the documents' ids
   */
  public Authors(int snapshotsPerSecond, IdKinds kinds) {
    this.snapshotsPerSecond = snapshotsPerSecond;
    this.step = Math.max(1, snapshotsPerSecond / STEPS_PER_SECOND);
    this.kinds = kinds;
  }

  @Override
  public void open(OpenContext context) {
    authorState = getRuntimeContext().getState(AUTHOR);
    documents = AuthorDocuments.of(getRuntimeContext(), kinds);
    turns = new Turns(snapshotsPerSecond);
    var metrics = getRuntimeContext().getMetricGroup();
    snapshots = metrics.counter("snapshots");
    renames = metrics.counter("authorChanges");
    stale = metrics.counter("staleRows");
    textMissing = metrics.counter("textMissing");
  }

  @Override
  public void processElement(AuthorChange input, Context context, Collector<DocumentInput> out)
      throws Exception {
    AuthorRow known = authorState.value();
    if (input instanceof AuthorChange.Wrote wrote) {
      if (known == null) {
        documents.await(wrote.document(), new Authorship(wrote.author(), wrote.asOf(), 0));
      } else {
        documents.add(wrote.document());
        send(wrote.document(), known, wrote.asOf(), out);
      }
    } else if (input instanceof AuthorChange.Left left) {
      documents.remove(left.document());
    } else {
      change(known, ((AuthorChange.Changed) input).row(), context, out);
    }
  }

  private void change(
      AuthorRow known, AuthorRow changed, Context context, Collector<DocumentInput> out)
      throws Exception {
    if (known != null && known.version().compareTo(changed.version()) > 0) {
      stale.inc();
      return;
    }
    AuthorRow row = known == null ? changed : changed.completedBy(known);
    if (!row.isNamed()) {
      textMissing.inc();
    }
    authorState.update(row);
    if (known == null) {
      welcome(row, out);
    } else if (!row.looksLike(known)) {
      renames.inc();
      tellAll(row, context, out);
    }
  }

  /**
   * The author is known at last: until then the documents have nothing to show, so all are told in
   * one step, before the watermark that says that they are there.
   */
  private void welcome(AuthorRow author, Collector<DocumentInput> out) throws Exception {
    // put there before what waits was kept apart
    documents.forEach(document -> send(document, author, Authorship.NO_ROW, out));
    documents.arrive((document, since) -> send(document, author, since.asOf(), out));
  }

  private void tellAll(AuthorRow author, Context context, Collector<DocumentInput> out)
      throws Exception {
    if (documents.areMoreThan(step)) {
      if (!documents.isWalk()) { // else its timer goes on
        context.timerService().registerProcessingTimeTimer(now(context) + 1);
      }
      documents.beginWalk();
      return;
    }
    documents.endWalk();
    documents.forEach(document -> send(document, author, null, out));
  }

  /** One step of a change that many documents have to be told of. */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<DocumentInput> out)
      throws Exception {
    if (!documents.isWalk()) {
      return;
    }
    AuthorRow author = authorState.value();
    int size = documents.walk(step, document -> send(document, author, null, out));
    if (documents.isWalk()) {
      turns.take(size, timestamp);
      context.timerService().registerProcessingTimeTimer(timestamp + 1 + turns.take(0, timestamp));
    }
  }

  private void send(
      DocumentKey document, AuthorRow author, RowVersion asOf, Collector<DocumentInput> out) {
    snapshots.inc();
    out.collect(new AuthorSnapshot(document, author, asOf));
  }

  private static long now(Context context) {
    return context.timerService().currentProcessingTime();
  }
}
