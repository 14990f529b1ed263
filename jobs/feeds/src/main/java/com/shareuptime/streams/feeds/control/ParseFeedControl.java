package com.shareuptime.streams.feeds.control;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.control.ControlMessage;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildFeed;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildTimeline;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.fanout.AuthorInput;
import com.shareuptime.streams.source.ControlFunction;
import com.shareuptime.streams.source.Reading;
import org.apache.flink.util.OutputTag;

/** Reads whose feeds are to be filled again, and whose timelines are to be written again. */
public final class ParseFeedControl extends ControlFunction<ReaderInput> {
  private static final long serialVersionUID = 1L;

  /** Timelines to write again. */
  public static final OutputTag<AuthorInput> AUTHORS =
      new OutputTag<>("control-authors", AuthorInput.TYPE);

  /**
   * @param job whose messages are read
   * @param kinds what ids are
   */
  public ParseFeedControl(String job, IdKinds kinds) {
    super(job, kinds);
  }

  @Override
  protected void act(ControlMessage message, Reading<ReaderInput> reading) {
    if (message instanceof RebuildFeed feed) {
      reading.collect(new ReaderInput.Rebuild(feed.user()));
    } else if (message instanceof RebuildTimeline timeline) {
      reading.output(AUTHORS, new AuthorInput.Rewrite(timeline.author()));
    }
  }
}
