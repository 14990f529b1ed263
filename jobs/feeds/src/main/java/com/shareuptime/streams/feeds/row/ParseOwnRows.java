package com.shareuptime.streams.feeds.row;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.audience.ReaderInput.Activity;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;

/**
 * Tells by the rows of all tables which users are active. Likes are most of what a product writes,
 * so most rows end here: what is too old, and all but one of a user's within a small part of the
 * window. A row that cannot be read is counted and no more: whoever reads its content makes it a
 * dead letter.
 */
public final class ParseOwnRows extends RichFlatMapFunction<CdcRecord, ReaderInput> {
  private static final long serialVersionUID = 1L;

  /** By so much of the window, 11 minutes of 30 days, a reader may be said to leave too early. */
  private static final long INTERVALS = 4_000;

  /** Users remembered by a subtask, some megabytes. */
  private static final int REMEMBERED = 1 << 16;

  /** How far the clocks of the brokers and of this job may differ. */
  private static final long SKEW = Duration.ofHours(1).toMillis();

  private final IdKind users;
  private final long windowMillis;

  private transient OwnRowParser parser;
  private transient RecentActivity recent;
  private transient Counter passedOn;
  private transient Counter unreadable;

  /**
   * @param users what their ids are
   * @param windowMillis how long after its last activity a reader has a feed
   */
  public ParseOwnRows(IdKind users, long windowMillis) {
    this.users = users;
    this.windowMillis = windowMillis;
  }

  @Override
  public void open(OpenContext context) {
    parser = new OwnRowParser(users);
    recent = new RecentActivity(windowMillis / INTERVALS, REMEMBERED);
    var metrics = getRuntimeContext().getMetricGroup();
    passedOn = metrics.counter("activities");
    unreadable = metrics.counter("unreadableRows");
  }

  @Override
  public void flatMap(CdcRecord record, Collector<ReaderInput> out) {
    if (record.heartbeat() != null || record.end() != null) {
      return;
    }
    Activity activity = read(record);
    if (activity != null
        && !wasTooOld(activity, record)
        && recent.isNews(activity.user(), activity.time())) {
      passedOn.inc();
      out.collect(activity);
    }
  }

  private Activity read(CdcRecord record) {
    try {
      return parser.activity(record);
    } catch (IOException | RuntimeException e) {
      unreadable.inc();
      return null;
    }
  }

  /**
   * Already when it came to Kafka, so that no run can have given a feed for it: what has become too
   * old since then must be said, as such a feed is to be dropped.
   */
  private boolean wasTooOld(Activity activity, CdcRecord record) {
    return activity.time() + windowMillis + SKEW <= record.timestamp();
  }
}
