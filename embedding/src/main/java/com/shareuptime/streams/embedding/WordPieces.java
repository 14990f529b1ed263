package com.shareuptime.streams.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Cuts text into the pieces of words that a BERT model without case knows, as numbers: words lose
 * case and accents, punctuation and ideographs stand alone, and a word is the longest pieces that
 * the vocabulary has, from the left. Thread-safe.
 */
final class WordPieces {
  private static final JsonFactory JSON = new JsonFactory();

  /** A longer word is unknown, whatever it is made of: the model was trained so. */
  private static final int LONGEST_WORD = 100;

  private static final char REPLACEMENT = '\uFFFD';

  private final Map<String, Integer> vocabulary;
  private final int begin;
  private final int end;
  private final int unknown;

  private WordPieces(Map<String, Integer> vocabulary) {
    this.vocabulary = vocabulary;
    begin = vocabulary.get("[CLS]");
    end = vocabulary.get("[SEP]");
    unknown = vocabulary.get("[UNK]");
  }

  /** Takes the vocabulary of a {@code tokenizer.json}. */
  static WordPieces read(InputStream tokenizer) throws IOException {
    Map<String, Integer> vocabulary = new HashMap<>(1 << 16);
    try (JsonParser json = JSON.createParser(tokenizer)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.START_OBJECT && "vocab".equals(json.currentName())) {
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            vocabulary.put(json.currentName(), json.nextIntValue(-1));
          }
        }
      }
    }
    return new WordPieces(vocabulary);
  }

  /**
   * The pieces of a text between the marks of its begin and end.
   *
   * @param most how many at most, the marks among them: the rest of the text is left out
   */
  long[] of(String text, int most) {
    Pieces pieces = new Pieces(most - 1);
    pieces.add(begin);
    // a piece has at least one character, and only accents and spaces vanish: the end of a very
    // long text need not be looked at
    String words = fold(text.length() > most * 200 ? cut(text, most * 200) : text);
    int start = 0;
    int at = 0;
    while (at < words.length() && !pieces.isFull()) {
      int c = words.codePointAt(at);
      int next = at + Character.charCount(c);
      if (isSpace(c) || isPunctuation(c)) {
        word(words, start, at, pieces);
        if (!isSpace(c)) {
          word(words, at, next, pieces);
        }
        start = next;
      }
      at = next;
    }
    word(words, start, at, pieces);
    return pieces.endedBy(end);
  }

  private static String cut(String text, int length) {
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }

  private static String fold(String text) {
    StringBuilder clean = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isSpace(c)) {
                clean.append(' ');
              } else if (isIdeograph(c)) {
                clean.append(' ').appendCodePoint(c).append(' ');
              } else if (c != REPLACEMENT && !isOther(c)) {
                clean.appendCodePoint(c);
              }
            });
    StringBuilder bare = new StringBuilder(clean.length());
    Normalizer.normalize(clean, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(c -> lower(c, bare));
    return bare.toString();
  }

  private static void lower(int c, StringBuilder to) {
    if (c < 0x80) {
      to.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c));
    } else {
      to.append(Character.toString(c).toLowerCase(Locale.ROOT));
    }
  }

  private void word(String words, int start, int end, Pieces pieces) {
    if (start == end || pieces.isFull()) {
      return;
    }
    int mark = pieces.size();
    boolean tooLong = words.codePointCount(start, end) > LONGEST_WORD;
    int from = start;
    while (from < end) {
      int to = tooLong ? from : end;
      Integer piece = null;
      while (to > from) {
        String candidate = words.substring(from, to);
        piece = vocabulary.get(from == start ? candidate : "##" + candidate);
        if (piece != null) {
          break;
        }
        to = words.offsetByCodePoints(to, -1);
      }
      if (piece == null) {
        pieces.cut(mark);
        pieces.add(unknown);
        return;
      }
      pieces.add(piece);
      from = to;
    }
  }

  private static boolean isSpace(int c) {
    return c == ' '
        || c == '\t'
        || c == '\n'
        || c == '\r'
        || (c > 0x7F && Character.isSpaceChar(c));
  }

  private static boolean isOther(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.PRIVATE_USE
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED;
  }

  private static boolean isPunctuation(int c) {
    if (c < 0x80) {
      return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
    }
    int type = Character.getType(c);
    return type == Character.CONNECTOR_PUNCTUATION
        || type == Character.DASH_PUNCTUATION
        || type == Character.START_PUNCTUATION
        || type == Character.END_PUNCTUATION
        || type == Character.INITIAL_QUOTE_PUNCTUATION
        || type == Character.FINAL_QUOTE_PUNCTUATION
        || type == Character.OTHER_PUNCTUATION;
  }

  private static boolean isIdeograph(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2B73F)
        || (c >= 0x2B740 && c <= 0x2B81F)
        || (c >= 0x2B920 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }

  /** Pieces up to a bound, which a word of many may pass until the end mark is set. */
  private static final class Pieces {
    private final int most;
    private long[] ids = new long[64];
    private int size;

    Pieces(int most) {
      this.most = most;
    }

    boolean isFull() {
      return size >= most;
    }

    int size() {
      return size;
    }

    void add(int piece) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, size * 2);
      }
      ids[size++] = piece;
    }

    void cut(int to) {
      size = to;
    }

    long[] endedBy(int mark) {
      size = Math.min(size, most);
      add(mark);
      return Arrays.copyOf(ids, size);
    }
  }
}
