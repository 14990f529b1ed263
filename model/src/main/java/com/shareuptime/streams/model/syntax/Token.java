package com.shareuptime.streams.model.syntax;

import java.util.Locale;

/**
 * One token of SQL.
 *
 * @param start of it in the file
 * @param end just after it
 */
record Token(Kind kind, String text, int start, int end) {
  enum Kind {
    WORD,
    QUOTED,
    STRING,
    NUMBER,
    SYMBOL
  }

  boolean is(String symbolOrWord) {
    return kind == Kind.WORD ? text.equalsIgnoreCase(symbolOrWord) : isSymbol(symbolOrWord);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  /** A name as Postgres knows it: in lower case unless quoted. */
  String name() {
    return kind == Kind.QUOTED
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
        : text.toLowerCase(Locale.ROOT);
  }

  /** What a string literal stands for. */
  String string() {
    return text.substring(1, text.length() - 1).replace("''", "'");
  }
}
