package com.shareuptime.streams.reconcile.run;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.option.PostgresAddress;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Ends a run when all subtasks have compared their buckets. Runs alone. */
public final class EndRun extends AbstractStreamOperator<Long>
    implements OneInputStreamOperator<Long, Long>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final PostgresAddress sink;
  private final long run;
  private final IdKinds entities;

  /**
   * @param entities of the model, whose surfaces may be verified
   */
  public EndRun(PostgresAddress sink, long run, IdKinds entities) {
    this.sink = sink;
    this.run = run;
    this.entities = entities;
  }

  @Override
  public void processElement(StreamRecord<Long> place) {
    // that all have ended is what matters
  }

  @Override
  public void endInput() throws Exception {
    try (SinkDatabase database = new SinkDatabase(sink)) {
      RunEnd.write(database, run, entities);
    }
  }
}
