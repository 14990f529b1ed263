package com.shareuptime.streams.model.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Cuts SQL into pieces without nesting. A unit is a call with its arguments, a pair of parentheses
 * or a {@code case}; where one stands inside of something, a name of the same width stands for it,
 * followed by blanks. So each piece is flat: JSqlParser's time grows exponentially with the depth
 * of what it reads, and lines and columns stay those of the file.
 */
final class Units {
  /** Before a parenthesis these are no names of functions. */
  private static final Set<String> WORDS =
      Set.of(
          "select",
          "distinct",
          "from",
          "where",
          "and",
          "or",
          "not",
          "when",
          "then",
          "else",
          "case",
          "is",
          "on",
          "by",
          "having",
          "limit",
          "offset",
          "union",
          "all",
          "as",
          "any",
          "some",
          "like",
          "ilike",
          "between",
          "join",
          "except",
          "intersect",
          "both",
          "leading",
          "trailing",
          "for",
          "zone",
          "in",
          "null",
          "true",
          "false",
          "end",
          "exists");

  /** A parenthesis after these belongs to them, and is no expression. */
  private static final Set<String> INLINE = Set.of("using", "over", "values", "varying");

  private static final char[] LETTERS = {'µ', 'ø', 'þ', 'ð', 'æ'};

  /** A run of tokens: from the first to before the last. */
  record Range(int from, int to) {}

  private final Source source;
  private final List<Token> tokens;
  private final char letter;
  private final Map<String, Range> ranges = new HashMap<>();

  Units(Source source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
    char free = LETTERS[0];
    for (char candidate : LETTERS) {
      if (!source.has(candidate)) {
        free = candidate;
        break;
      }
    }
    this.letter = free;
  }

  /** The unit that a name stands for, or null if it is an ordinary name. */
  Range named(String name) {
    return ranges.get(name);
  }

  /** The text of tokens at their places, in which no unit is left. */
  String flat(int from, int to) {
    return text(from, to, unitsWithin(from, to));
  }

  /** The text of one unit: its own parentheses or {@code case} stay, those inside are replaced. */
  String unit(Range range) {
    int open = range.from();
    while (!tokens.get(open).isSymbol("(") && !tokens.get(open).is("case")) {
      open++;
    }
    return text(range.from(), range.to(), unitsWithin(open + 1, range.to() - 1));
  }

  private Map<Integer, Integer> unitsWithin(int from, int to) {
    Map<Integer, Integer> found = new TreeMap<>();
    for (int i = from; i < to; i++) {
      Token token = tokens.get(i);
      if (token.is("case")) {
        int end = end(i, to);
        found.put(i, end);
        i = end - 1;
      } else if (token.isSymbol("(") && !isInline(i, from)) {
        int start = startOfCall(i, from);
        int end = end(i, to);
        found.put(start, end);
        i = end - 1;
      }
    }
    return found;
  }

  private boolean isInline(int open, int from) {
    if (open + 1 < tokens.size()
        && tokens.get(open + 1).isSymbol(")")
        && startOfCall(open, from) == open) {
      return true;
    }
    if (open == from) {
      return false;
    }
    Token before = tokens.get(open - 1);
    if (before.kind() == Token.Kind.WORD && INLINE.contains(before.name())) {
      return true;
    }
    // varchar(20): the type of a cast
    return before.isName()
        && open - 2 >= from
        && (tokens.get(open - 2).isSymbol("::") || tokens.get(open - 2).is("as"));
  }

  private int startOfCall(int open, int from) {
    int start = open;
    while (start > from) {
      Token before = tokens.get(start - 1);
      boolean isPart =
          start == open || tokens.get(start).isSymbol(".")
              ? before.isName()
                  && !(before.kind() == Token.Kind.WORD && WORDS.contains(before.name()))
              : before.isSymbol(".");
      if (!isPart) {
        break;
      }
      start--;
    }
    return tokens.get(start).isSymbol(".") ? start + 1 : start;
  }

  /** Just after what begins with a parenthesis or a {@code case}; the end if it is not closed. */
  private int end(int from, int to) {
    int depth = 0;
    for (int i = from; i < to; i++) {
      Token token = tokens.get(i);
      if (token.isSymbol("(") || token.is("case")) {
        depth++;
      } else if (token.isSymbol(")") || token.is("end")) {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return to;
  }

  private String text(int from, int to, Map<Integer, Integer> units) {
    StringBuilder out = new StringBuilder();
    int written = tokens.get(from).start();
    List<int[]> parts = new ArrayList<>();
    for (int i = from; i < to; ) {
      Integer end = units.get(i);
      parts.add(new int[] {i, end == null ? i + 1 : end});
      i = end == null ? i + 1 : end;
    }
    for (int[] part : parts) {
      Token first = tokens.get(part[0]);
      blanks(written, first.start(), out);
      int end = tokens.get(part[1] - 1).end();
      if (units.containsKey(part[0]) && standIn(part, first.start(), end, out)) {
        written = end;
        continue;
      }
      for (int i = part[0]; i < part[1]; i++) {
        Token token = tokens.get(i);
        if (i > part[0]) {
          blanks(written, token.start(), out);
        }
        out.append(asParsed(i));
        written = token.end();
      }
    }
    return out.toString();
  }

  private boolean standIn(int[] part, int start, int end, StringBuilder out) {
    String name = letter + Integer.toString(ranges.size(), Character.MAX_RADIX);
    if (name.length() > end - start || source.charAt(start + name.length() - 1) == '\n') {
      return false;
    }
    ranges.put(name, new Range(part[0], part[1]));
    out.append(name);
    blanks(start + name.length(), end, out);
    return true;
  }

  /** Whether the unit is the list of an {@code in}, which is read as an operator of two values. */
  boolean isListOfIn(Range range) {
    return range.from() > 0 && isIn(range.from() - 1);
  }

  private boolean isIn(int index) {
    return index + 1 < tokens.size()
        && tokens.get(index).is("in")
        && tokens.get(index + 1).isSymbol("(");
  }

  /**
   * {@code collate "C"} is unknown to JSqlParser where it matters: a cast binds in the same place,
   * and there is no type of that name. What follows an {@code in} is taken for a part of its list:
   * an operator binds as it does.
   */
  private String asParsed(int index) {
    Token token = tokens.get(index);
    if (token.is("collate")) {
      return "::     ";
    } else if (isIn(index)) {
      return index > 0 && tokens.get(index - 1).is("not") ? "!~" : "~ ";
    }
    return token.is("not") && isIn(index + 1) ? "   " : token.text();
  }

  private void blanks(int from, int to, StringBuilder out) {
    for (int i = from; i < to; i++) {
      out.append(source.charAt(i) == '\n' ? FlatParser.LINE : " ");
    }
  }
}
