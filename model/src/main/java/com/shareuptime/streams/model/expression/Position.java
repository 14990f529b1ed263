package com.shareuptime.streams.model.expression;

/**
 * A place in the file of the model, both counted from 1.
 *
 * @param line of the file, not of the statement
 * @param column in characters; a tab is one
 */
public record Position(int line, int column) implements Comparable<Position> {
  @Override
  public int compareTo(Position other) {
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
