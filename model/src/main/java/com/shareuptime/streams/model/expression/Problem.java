package com.shareuptime.streams.model.expression;

/**
 * Why a model is refused, and what mends it.
 *
 * @param line of the file, from 1
 * @param column of that line, from 1
 * @param message what is wrong
 * @param advice what to write or to run instead; may hold SQL
 */
public record Problem(int line, int column, String message, String advice) {
  public static Problem at(Position position, String message, String advice) {
    return new Problem(position.line(), position.column(), message, advice);
  }

  @Override
  public String toString() {
    return "line %d, column %d: %s %s".formatted(line, column, message, advice);
  }
}
