package com.shareuptime.streams.embed.topic;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.embed.vector.KnownVector;
import com.shareuptime.streams.source.MessageFunction;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.Reading;
import com.shareuptime.streams.vector.DocumentVector;
import java.io.IOException;

/** Records of the topic of vectors to what they are of; the vectors themselves are left there. */
public final class ParseVector extends MessageFunction<KnownVector> {
  private static final long serialVersionUID = 1L;

  private final IdKinds kinds;

  /**
   * @param job named in dead letters
   */
  public ParseVector(String job, IdKinds kinds) {
    super(job, "malformed-vector");
    this.kinds = kinds;
  }

  @Override
  protected void read(RawRecord record, Reading<KnownVector> reading) throws IOException {
    DocumentVector vector = DocumentVector.parse(record.key(), record.value(), kinds);
    reading.collect(
        new KnownVector(
            vector.target() + ':' + vector.targetId(),
            vector.textHash(),
            vector.model(),
            vector.asOf()));
  }
}
