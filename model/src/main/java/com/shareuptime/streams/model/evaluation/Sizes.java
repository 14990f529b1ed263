package com.shareuptime.streams.model.evaluation;

/** Arrays and documents, of which Postgres' text is known. */
public final class Sizes {
  private Sizes() {}

  /** Elements of an array in all its dimensions. */
  public static Computation cardinality(Computation array) {
    return Strict.one(array, value -> cardinality((String) value));
  }

  private static Long cardinality(String array) {
    // [0:1]={1,2} where bounds are not those of most arrays
    int begin = array.indexOf('{');
    boolean isQuoted = false;
    boolean isInElement = false;
    long elements = 0;
    for (int i = Math.max(begin, 0); i < array.length(); i++) {
      char character = array.charAt(i);
      if (isQuoted) {
        if (character == '\\') {
          i++;
        } else if (character == '"') {
          isQuoted = false;
        }
      } else if (character == '{' || character == '}' || character == ',') {
        isInElement = false;
      } else {
        isQuoted = character == '"';
        elements += isInElement ? 0 : 1;
        isInElement = true;
      }
    }
    return elements;
  }

  /** Elements of the outermost array. */
  public static Computation jsonbArrayLength(Computation document) {
    return Strict.one(document, value -> jsonbArrayLength((String) value));
  }

  private static Long jsonbArrayLength(String document) {
    String json = document.strip();
    if (!json.startsWith("[")) {
      throw new EvaluationException(
          json.startsWith("{")
              ? "cannot get array length of a non-array"
              : "cannot get array length of a scalar");
    }
    int depth = 0;
    boolean isQuoted = false;
    boolean isEmpty = true;
    long elements = 1;
    for (int i = 0; i < json.length(); i++) {
      char character = json.charAt(i);
      if (isQuoted) {
        if (character == '\\') {
          i++;
        } else if (character == '"') {
          isQuoted = false;
        }
        continue;
      }
      if (depth == 1 && character != ']' && !Character.isWhitespace(character)) {
        isEmpty = false;
      }
      switch (character) {
        case '"' -> isQuoted = true;
        case '[', '{' -> depth++;
        case ']', '}' -> depth--;
        case ',' -> elements += depth == 1 ? 1 : 0;
        default -> {}
      }
    }
    return isEmpty ? 0 : elements;
  }
}
