package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;

/** Is told of rows that are committed on growing targets. Called by several threads. */
public interface CommitListener {
  CommitListener NONE = (target, change, rows, lsn, nanoTime) -> {};

  /**
   * @param rows how many rows of that kind the commit added to the target
   * @param lsn WAL insert position read after the commit
   * @param nanoTime {@link System#nanoTime()} right after the commit
   */
  void committed(Target target, Change change, int rows, Lsn lsn, long nanoTime);
}
