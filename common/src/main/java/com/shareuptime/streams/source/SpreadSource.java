package com.shareuptime.streams.source;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source whose time is never idle, such as that of rows, without a reader that holds time back
 * for nothing: new splits go to readers that have none ({@link SplitSpread}), and a reader for
 * which there is none is idle. It is told so only when all splits that the job was submitted for
 * have a reader: until then, what it will read is not known. State and its layout are the inner
 * source's.
 *
 * @param inner the connector's source, unbounded
 * @param splits how many there are at least
 */
public record SpreadSource<T, S extends SourceSplit, C>(
    Source<T, S, C> inner, TypeInformation<T> type, int splits)
    implements Source<T, S, C>, ResultTypeQueryable<T> {

  /** A reader's first word: how many splits it has restored. */
  record Held(int splits) implements SourceEvent {}

  /** Told to a reader: there is no split for it. */
  record NoSplit() implements SourceEvent {}

  @Override
  public Boundedness getBoundedness() {
    return inner.getBoundedness();
  }

  @Override
  public SourceReader<T, S> createReader(SourceReaderContext context) throws Exception {
    return new SpreadReader<>(inner.createReader(context), context);
  }

  @Override
  public SplitEnumerator<S, C> createEnumerator(SplitEnumeratorContext<S> context)
      throws Exception {
    var spread = new SpreadContext<>(context, splits);
    return new SpreadEnumerator<>(inner.createEnumerator(spread), spread);
  }

  @Override
  public SplitEnumerator<S, C> restoreEnumerator(SplitEnumeratorContext<S> context, C state)
      throws Exception {
    var spread = new SpreadContext<>(context, splits);
    return new SpreadEnumerator<>(inner.restoreEnumerator(spread, state), spread);
  }

  @Override
  public SimpleVersionedSerializer<S> getSplitSerializer() {
    return inner.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<C> getEnumeratorCheckpointSerializer() {
    return inner.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return type;
  }
}
