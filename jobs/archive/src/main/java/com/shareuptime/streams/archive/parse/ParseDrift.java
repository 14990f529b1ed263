package com.shareuptime.streams.archive.parse;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.drift.DriftRecord;
import com.shareuptime.streams.source.MessageFunction;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.Reading;
import java.io.IOException;

/**
 * Records of the topic {@code counter-drift}. What no row of the table could hold is a dead letter:
 * a stock sink would fail with it at every start.
 */
public final class ParseDrift extends MessageFunction<DriftRecord> {
  private static final long serialVersionUID = 1L;

  private final IdKinds kinds;

  /**
   * @param job named in dead letters
   * @param kinds of ids
   */
  public ParseDrift(String job, IdKinds kinds) {
    super(job, "malformed-drift");
    this.kinds = kinds;
  }

  @Override
  protected void read(RawRecord record, Reading<DriftRecord> reading) throws IOException {
    reading.collect(DriftRecord.parse(record.value(), kinds));
  }
}
