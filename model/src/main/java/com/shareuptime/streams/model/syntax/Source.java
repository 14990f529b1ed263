package com.shareuptime.streams.model.syntax;

import com.shareuptime.streams.model.expression.Position;
import com.shareuptime.streams.model.expression.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The text of a file, cut into statements of tokens. Comments are none of them. */
final class Source {
  private static final List<String> TWO_CHARACTERS =
      List.of("::", "||", "<>", "!=", "<=", ">=", "->", "=>", ":=");

  private final String text;
  private final int[] lineStarts;

  Source(String text) {
    this.text = text;
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        starts.add(i + 1);
      }
    }
    this.lineStarts = starts.stream().mapToInt(Integer::intValue).toArray();
  }

  Position position(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, offset - lineStarts[line] + 1);
  }

  char charAt(int offset) {
    return text.charAt(offset);
  }

  /** Whether a character stands anywhere in the file. */
  boolean has(char character) {
    return text.indexOf(character) >= 0;
  }

  /**
   * The statements, each without its semicolon; empty ones are left out.
   *
   * @param statements gets each as soon as it is whole
   * @throws RefusedException at a literal or comment without an end, after which nothing is known
   */
  void statements(List<List<Token>> statements) {
    List<Token> statement = new ArrayList<>();
    for (int at = next(0); at < text.length(); ) {
      Token token = token(at);
      if (token.isSymbol(";")) {
        add(statement, statements);
        statement = new ArrayList<>();
      } else {
        statement.add(token);
      }
      at = next(token.end());
    }
    add(statement, statements);
  }

  private static void add(List<Token> statement, List<List<Token>> statements) {
    if (!statement.isEmpty()) {
      statements.add(List.copyOf(statement));
    }
  }

  /** Where the next token begins, after blanks and comments. */
  private int next(int from) {
    int at = from;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\uFEFF') {
        at++;
      } else if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        at = afterComment(at);
      } else {
        return at;
      }
    }
    return at;
  }

  /** Comments nest in Postgres. */
  private int afterComment(int from) {
    int depth = 0;
    int at = from;
    while (at < text.length()) {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    throw new RefusedException(
        position(from), "The comment that begins here has no end.", "End it with */.");
  }

  private Token token(int at) {
    char first = text.charAt(at);
    if (first == '\'') {
      return quoted(at, '\'', Token.Kind.STRING);
    } else if (first == '"') {
      return quoted(at, '"', Token.Kind.QUOTED);
    } else if (first == '$') {
      throw new RefusedException(
          position(at),
          "A model has no dollar quotes and no parameters.",
          "Write a text as 'text', with '' for a quote in it.");
    } else if (isDigit(first)
        || (first == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      return number(at);
    } else if (isNameStart(first)) {
      int end = at + 1;
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      return new Token(Token.Kind.WORD, text.substring(at, end), at, end);
    }
    for (String symbol : TWO_CHARACTERS) {
      if (text.startsWith(symbol, at)) {
        return new Token(Token.Kind.SYMBOL, symbol, at, at + symbol.length());
      }
    }
    return new Token(Token.Kind.SYMBOL, String.valueOf(first), at, at + 1);
  }

  private Token number(int at) {
    int end = at;
    while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    if (end < text.length() && (text.charAt(end) | 0x20) == 'e') {
      int exponent = end + 1;
      if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
        exponent++;
      }
      while (exponent < text.length() && isDigit(text.charAt(exponent))) {
        exponent++;
      }
      end = exponent;
    }
    return new Token(Token.Kind.NUMBER, text.substring(at, end), at, end);
  }

  private Token quoted(int at, char quote, Token.Kind kind) {
    int end = at + 1;
    while (end < text.length()) {
      if (text.charAt(end) != quote) {
        end++;
      } else if (end + 1 < text.length() && text.charAt(end + 1) == quote) {
        end += 2;
      } else {
        return new Token(kind, text.substring(at, end + 1), at, end + 1);
      }
    }
    throw new RefusedException(
        position(at), "The quote that begins here has no end.", "End it with " + quote + ".");
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isNameStart(char character) {
    return Character.isLetter(character) || character == '_';
  }

  private static boolean isNamePart(char character) {
    return isNameStart(character) || isDigit(character) || character == '$';
  }
}
