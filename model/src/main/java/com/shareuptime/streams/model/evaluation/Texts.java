package com.shareuptime.streams.model.evaluation;

import java.util.HashSet;
import java.util.Set;

/** Postgres' functions of text. Lengths and places are characters, not Java's half ones. */
public final class Texts {
  private Texts() {}

  /** What a value is in a text by {@code ||} or a cast. */
  static String text(Object value) {
    return value.toString();
  }

  /** What a value is in {@code concat}: a boolean is one letter there. */
  private static String output(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "t" : "f";
    }
    return value.toString();
  }

  public static Computation cast(Computation operand) {
    return row -> {
      Object value = operand.of(row);
      return value == null || value instanceof Absent || value instanceof String
          ? value
          : text(value);
    };
  }

  public static Computation join(Computation left, Computation right) {
    return Strict.two(left, right, (a, b) -> text(a) + text(b));
  }

  public static Computation concat(Computation[] operands) {
    return row -> {
      StringBuilder all = new StringBuilder();
      boolean absent = false;
      for (Computation operand : operands) {
        Object value = operand.of(row);
        absent |= value instanceof Absent;
        if (value != null) {
          all.append(output(value));
        }
      }
      return absent ? Absent.DERIVED : all.toString();
    };
  }

  public static Computation concatWith(Computation separator, Computation[] operands) {
    return row -> {
      Object between = separator.of(row);
      boolean absent = between instanceof Absent;
      StringBuilder all = new StringBuilder();
      boolean isFirst = true;
      for (Computation operand : operands) {
        Object value = operand.of(row);
        absent |= value instanceof Absent;
        if (value != null) {
          all.append(isFirst ? "" : between).append(output(value));
          isFirst = false;
        }
      }
      if (between == null) {
        return null;
      }
      return absent ? Absent.DERIVED : all.toString();
    };
  }

  /** Of the letters of ASCII alone, as by {@code collate "C"}. */
  public static Computation lower(Computation operand) {
    return Strict.one(operand, value -> shifted((String) value, 'A', 'Z', 'a' - 'A'));
  }

  /** Of the letters of ASCII alone, as by {@code collate "C"}. */
  public static Computation upper(Computation operand) {
    return Strict.one(operand, value -> shifted((String) value, 'a', 'z', 'A' - 'a'));
  }

  private static String shifted(String text, char from, char to, int by) {
    char[] characters = null;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character >= from && character <= to) {
        if (characters == null) {
          characters = text.toCharArray();
        }
        characters[i] = (char) (character + by);
      }
    }
    return characters == null ? text : new String(characters);
  }

  public static Computation trim(
      Computation operand, Computation characters, boolean leading, boolean trailing) {
    return Strict.two(
        operand, characters, (a, b) -> trimmed((String) a, (String) b, leading, trailing));
  }

  private static String trimmed(String text, String characters, boolean leading, boolean trailing) {
    Set<Integer> set = new HashSet<>();
    characters.codePoints().forEach(set::add);
    int start = 0;
    int end = text.length();
    while (leading && start < end && set.contains(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (trailing && end > start && set.contains(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  public static Computation left(Computation operand, Computation length) {
    return Strict.two(operand, length, (a, b) -> left((String) a, (Long) b));
  }

  private static String left(String text, long length) {
    long wanted = length >= 0 ? length : length(text) + length;
    return wanted <= 0 ? "" : text.substring(0, offset(text, wanted));
  }

  public static Computation substring(Computation operand, Computation start) {
    return Strict.two(
        operand, start, (a, b) -> ((String) a).substring(offset((String) a, (Long) b - 1)));
  }

  public static Computation substring(Computation operand, Computation start, Computation length) {
    return Strict.three(
        operand, start, length, (a, b, c) -> substring((String) a, (Long) b, (Long) c));
  }

  private static String substring(String text, long start, long length) {
    if (length < 0) {
      throw new EvaluationException("negative substring length not allowed");
    }
    // of Longs the sum of two integers cannot overflow: beyond an integer it is the text's end
    int from = offset(text, start - 1);
    return text.substring(from, Math.max(from, offset(text, start - 1 + length)));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Where a character begins, within the text. */
  private static int offset(String text, long characters) {
    if (characters <= 0) {
      return 0;
    }
    return characters >= length(text)
        ? text.length()
        : text.offsetByCodePoints(0, (int) characters);
  }

  public static Computation position(Computation operand, Computation part) {
    return Strict.two(operand, part, (a, b) -> position((String) a, (String) b));
  }

  private static Long position(String text, String part) {
    int found = text.indexOf(part);
    return found < 0 ? 0L : text.codePointCount(0, found) + 1L;
  }

  public static Computation splitPart(
      Computation operand, Computation delimiter, Computation field) {
    return Strict.three(
        operand, delimiter, field, (a, b, c) -> splitPart((String) a, (String) b, (Long) c));
  }

  private static String splitPart(String text, String delimiter, long field) {
    if (field == 0) {
      throw new EvaluationException("field position must not be zero");
    }
    boolean isWhole = field == 1 || field == -1;
    if (text.isEmpty()) {
      return "";
    }
    if (delimiter.isEmpty() || !text.contains(delimiter)) {
      return isWhole ? text : "";
    }
    long wanted = field > 0 ? field : fields(text, delimiter) + field + 1;
    if (wanted <= 0) {
      return "";
    }
    int start = 0;
    int end = text.indexOf(delimiter);
    for (long i = 1; i < wanted && end >= 0; i++) {
      start = end + delimiter.length();
      end = text.indexOf(delimiter, start);
      if (end < 0 && i + 1 < wanted) {
        return "";
      }
    }
    return end < 0 ? text.substring(start) : text.substring(start, end);
  }

  private static long fields(String text, String delimiter) {
    long count = 1;
    for (int at = text.indexOf(delimiter);
        at >= 0;
        at = text.indexOf(delimiter, at + delimiter.length())) {
      count++;
    }
    return count;
  }
}
