package com.shareuptime.streams.feeds.row;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.feeds.fanout.AuthorInput;
import com.shareuptime.streams.feeds.fanout.AuthorInput.Hidden;
import com.shareuptime.streams.feeds.fanout.AuthorInput.Shown;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells an author which posts come into sight and which go out of it. Keeps each post's author, as
 * a hard delete carries the id alone, and a deleted post's version for longer than a replay.
 */
public final class Visibility extends KeyedProcessFunction<Id, PostRow, AuthorInput> {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<PostRow> POST =
      new ValueStateDescriptor<>("post", PostRow.TYPE);

  /**
   * The newest position at which a post was seen, where its row has an older one: feeds keep the
   * newest. Goes with the post.
   */
  private static final ValueStateDescriptor<Long> DATED_BACK =
      new ValueStateDescriptor<>("dated-back", Types.LONG);

  private final long retention;

  private transient ValueState<PostRow> state;
  private transient ValueState<Long> datedBack;
  private transient Counter stale;

  /**
   * @param retention milliseconds for which a hidden post is remembered
   */
  public Visibility(long retention) {
    this.retention = retention;
  }

  @Override
  public void open(OpenContext context) {
    state = getRuntimeContext().getState(POST);
    datedBack = getRuntimeContext().getState(DATED_BACK);
    stale = getRuntimeContext().getMetricGroup().counter("staleRows");
  }

  @Override
  public void processElement(PostRow row, Context context, Collector<AuthorInput> out)
      throws Exception {
    PostRow before = state.value();
    if (before != null && before.version().compareTo(row.version()) > 0) {
      stale.inc();
      return;
    }
    boolean was = before != null && before.visible();
    boolean same =
        was
            && row.visible()
            && before.author().equals(row.author())
            && before.position() == row.position();
    if (was && !same) {
      out.collect(new Hidden(before.author(), row.post()));
    }
    if (!same && before != null) {
      noteDatedBack(before, row);
    }
    if (row.visible() && !same) {
      long newest = before == null ? 0 : newestBefore(row);
      out.collect(new Shown(row.author(), row.post(), row.position(), newest));
    }
    if (!row.equals(before)) {
      state.update(row);
    }
    if (!row.visible()) {
      context.timerService().registerEventTimeTimer(row.changedAt() + retention);
    }
  }

  /** A hard delete tells no position: the id may come again with any. */
  private void noteDatedBack(PostRow before, PostRow row) throws Exception {
    if (before.hasAuthor() && (!row.hasAuthor() || before.position() > row.position())) {
      Long known = datedBack.value();
      if (known == null || known < before.position()) {
        datedBack.update(before.position());
      }
    }
  }

  /** A position above the row's at which feeds may hold the post, or 0. */
  private long newestBefore(PostRow row) throws Exception {
    Long known = datedBack.value();
    return known != null && known > row.position() ? known : 0;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AuthorInput> out)
      throws Exception {
    PostRow post = state.value();
    if (post != null && !post.visible() && post.changedAt() + retention <= timestamp) {
      state.clear();
      datedBack.clear();
    }
  }
}
