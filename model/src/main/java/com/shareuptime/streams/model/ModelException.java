package com.shareuptime.streams.model;

import com.shareuptime.streams.model.expression.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A model that is refused, with everything that is wrong with it. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public ModelException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** At least one, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
