package com.shareuptime.streams.feeds.row;

import com.shareuptime.streams.feeds.fanout.AuthorInput;
import com.shareuptime.streams.feeds.fanout.AuthorInput.Hidden;
import com.shareuptime.streams.feeds.fanout.AuthorInput.Shown;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells an author which posts come into sight and which go out of it. Keeps each post's author, as
 * a hard delete carries the id alone, and a deleted post's version for longer than a replay.
 */
public final class Visibility extends KeyedProcessFunction<Long, PostRow, AuthorInput> {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<PostRow> POST =
      new ValueStateDescriptor<>("post", PostRow.TYPE);

  private final long retention;

  private transient ValueState<PostRow> state;
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
            && before.author() == row.author()
            && before.position() == row.position();
    if (was && !same) {
      out.collect(new Hidden(before.author(), row.post()));
    }
    if (row.visible() && !same) {
      out.collect(new Shown(row.author(), row.post(), row.position()));
    }
    if (!row.equals(before)) {
      state.update(row);
    }
    if (!row.visible()) {
      context.timerService().registerEventTimeTimer(row.changedAt() + retention);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AuthorInput> out)
      throws Exception {
    PostRow post = state.value();
    if (post != null && !post.visible() && post.changedAt() + retention <= timestamp) {
      state.clear();
    }
  }
}
