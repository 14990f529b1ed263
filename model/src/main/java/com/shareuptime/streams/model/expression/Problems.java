package com.shareuptime.streams.model.expression;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects the problems of one file, so that all of them are told at once. Not for several threads.
 */
public final class Problems {
  private final List<Problem> problems = new ArrayList<>();

  public void add(Position position, String message, String advice) {
    Problem problem = Problem.at(position, message, advice);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  public void add(RefusedException refused) {
    add(refused.at(), refused.getMessage(), refused.advice());
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** In the order of the file. */
  public List<Problem> inOrder() {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }
}
