package com.shareuptime.streams.sink;

import java.io.Serializable;
import java.util.List;

/**
 * Makes of values that wait for a server that is away few that stand for them, for a sink whose
 * values neither replace each other nor may be written again behind those of a run that failed.
 */
@FunctionalInterface
public interface Condenser<T> extends Serializable {

  /**
   * Values, at least one, that may be written instead of {@code values}: at their place, and once
   * more behind anything that this run or an earlier one writes.
   */
  List<T> condense(List<T> values);
}
