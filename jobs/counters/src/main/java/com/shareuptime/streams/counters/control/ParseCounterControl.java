package com.shareuptime.streams.counters.control;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.control.ControlMessage;
import com.shareuptime.streams.contract.control.ControlMessage.Correct;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.counters.total.TruthChange.Correction;
import com.shareuptime.streams.source.ControlFunction;
import com.shareuptime.streams.source.Reading;

/**
 * Reads which counters are to be written again from state, and what the tables say of a target
 * whose counters were found to differ.
 */
public final class ParseCounterControl extends ControlFunction<TruthChange> {
  private static final long serialVersionUID = 1L;

  /**
   * @param job whose messages are read
   * @param kinds of ids
   */
  public ParseCounterControl(String job, IdKinds kinds) {
    super(job, kinds);
  }

  @Override
  protected void act(ControlMessage message, Reading<TruthChange> reading) {
    if (message instanceof ControlMessage.Refresh refresh) {
      reading.collect(new TruthChange.Refresh(target(refresh.target())));
    } else if (message instanceof Correct correct) {
      reading.collect(
          new Correction(
              target(correct.target()), correct.ifVersion(), correct.truth(), correct.found()));
    }
  }

  private static CounterTarget target(Target target) {
    return new CounterTarget(target.type(), target.id());
  }
}
