package com.shareuptime.streams.proof.traffic.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A sentence with gaps, taken apart once, so that filling it in costs no more than its letters. */
final class Phrase {
  private static final String NUMBER = "number";

  @FunctionalInterface
  private interface Piece {
    void append(StringBuilder text, SplittableRandom random);
  }

  private final List<Piece> pieces;

  private Phrase(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /**
   * @param sentence as in the files, e.g. {@code Nothing beats {thing} {when}}
   * @param lists what may stand in a gap, by its name
   */
  static Phrase of(String sentence, Map<String, List<String>> lists) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    for (int gap = sentence.indexOf('{'); gap >= 0; gap = sentence.indexOf('{', from)) {
      pieces.add(literal(sentence.substring(from, gap)));
      int end = sentence.indexOf('}', gap);
      String name = sentence.substring(gap + 1, end);
      pieces.add(name.equals(NUMBER) ? number() : word(lists.get(name), sentence));
      from = end + 1;
    }
    pieces.add(literal(sentence.substring(from)));
    return new Phrase(pieces);
  }

  void append(StringBuilder text, SplittableRandom random) {
    for (Piece piece : pieces) {
      piece.append(text, random);
    }
  }

  private static Piece literal(String part) {
    return (text, random) -> text.append(part);
  }

  private static Piece number() {
    return (text, random) -> text.append(2 + random.nextInt(98));
  }

  private static Piece word(List<String> words, String sentence) {
    if (words == null) {
      throw new IllegalArgumentException("No list for a gap of: " + sentence);
    }
    return (text, random) -> text.append(words.get(random.nextInt(words.size())));
  }
}
