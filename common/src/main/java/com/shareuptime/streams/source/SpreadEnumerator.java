package com.shareuptime.streams.source;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;

/** Lets the connector see its readers only when all of them have said what they hold. */
final class SpreadEnumerator<S extends SourceSplit, C> implements SplitEnumerator<S, C> {
  private final SplitEnumerator<S, C> inner;
  private final SpreadContext<S> context;
  private final Set<Integer> unseen = new TreeSet<>();

  SpreadEnumerator(SplitEnumerator<S, C> inner, SpreadContext<S> context) {
    this.inner = inner;
    this.context = context;
  }

  @Override
  public void start() {
    inner.start();
  }

  @Override
  public void addReader(int reader) {
    context.forget(reader);
  }

  @Override
  public void handleSourceEvent(int reader, SourceEvent event) {
    if (event instanceof SpreadSource.Held held) {
      unseen.add(reader);
      if (context.holds(reader, held.splits())) {
        context.together(() -> unseen.forEach(inner::addReader));
        unseen.clear();
      }
    } else {
      inner.handleSourceEvent(reader, event);
    }
  }

  @Override
  public void addSplitsBack(List<S> splits, int reader) {
    context.forget(reader);
    inner.addSplitsBack(splits, reader);
  }

  @Override
  public void handleSplitRequest(int reader, String host) {
    inner.handleSplitRequest(reader, host);
  }

  @Override
  public C snapshotState(long checkpoint) throws Exception {
    return inner.snapshotState(checkpoint);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    inner.notifyCheckpointComplete(checkpoint);
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    inner.notifyCheckpointAborted(checkpoint);
  }

  @Override
  public void close() throws IOException {
    inner.close();
  }
}
