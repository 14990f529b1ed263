package com.shareuptime.streams.source;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;

/** Says how many splits it holds when it starts, and is idle when it is told that none comes. */
final class SpreadReader<T, S extends SourceSplit> extends ReaderAround<T, S> {
  private final SourceReaderContext context;
  private int splits;
  private boolean spare;
  private boolean idle;
  private CompletableFuture<Void> news = new CompletableFuture<>();

  SpreadReader(SourceReader<T, S> inner, SourceReaderContext context) {
    super(inner);
    this.context = context;
  }

  /** What was restored has been added by now. */
  @Override
  public void start() {
    context.sendSourceEventToCoordinator(new SpreadSource.Held(splits));
    super.start();
  }

  @Override
  public void addSplits(List<S> added) {
    splits += added.size();
    spare = false;
    super.addSplits(added);
    news.complete(null);
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof SpreadSource.NoSplit) {
      spare = splits == 0;
      news.complete(null);
    } else {
      super.handleSourceEvents(event);
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    if (spare != idle) {
      idle = spare;
      if (idle) {
        output.markIdle();
      } else {
        output.markActive();
      }
    }
    return super.pollNext(output);
  }

  /** With a split the inner reader's; without, what is told to this one counts as well. */
  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> available = super.isAvailable();
    if (splits > 0) {
      return available;
    }
    if (news.isDone()) {
      news = new CompletableFuture<>();
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.allOf(CompletableFuture.anyOf(available, news));
  }
}
