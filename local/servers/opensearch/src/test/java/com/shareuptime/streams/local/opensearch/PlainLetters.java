package com.shareuptime.streams.local.opensearch;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;

/**
 * What each letter is to be read as, from the tables of Unicode: without the marks that are often
 * left out, and in its usual form. Letters that Lucene's asciifolding knows are left to that.
 */
final class PlainLetters {
  /** Said by no table: what people write for each other. */
  private static final Map<String, String> ALIKE =
      Map.ofEntries(
          Map.entry("ς", "σ"),
          Map.entry("ى", "ي"),
          Map.entry("ی", "ي"),
          Map.entry("ے", "ي"),
          Map.entry("ٱ", "ا"),
          Map.entry("ة", "ه"),
          Map.entry("ہ", "ه"),
          Map.entry("ە", "ه"),
          Map.entry("ک", "ك"),
          Map.entry("ʼ", "'"),
          Map.entry("ʻ", "'"));

  /** Letters of their own, with the mark: of Turkish, whose stems need them, and of kana. */
  private static final String WITH_THEIR_MARK = "ÇÖÜĞİŞçöüğş";

  /**
   * What is often left out: accents, points, vowels of Arabic and Hebrew and the lengthening of
   * Arabic, the dot of Devanagari, soft hyphens, and what chooses between looks of a sign. Not
   * vowels and tones of Indic scripts and Thai, which are letters there.
   */
  private static final Predicate<String> IS_MARK =
      Pattern.compile(
              "[\\u00ad\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7"
                  + "\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed"
                  + "\\u08d3-\\u08e1\\u08e3-\\u08ff\\u093c\\u1ab0-\\u1ac0\\u1dc0-\\u1df9\\u1dfb-\\u1dff"
                  + "\\u20d0-\\u20f0\\ufe00-\\ufe0f\\ufe20-\\ufe2f]")
          .asMatchPredicate();

  private PlainLetters() {}

  /** What an index must be told: from what is written to what is read. */
  static Map<String, String> all() {
    Map<String, String> all = new TreeMap<>(Map.of("＃", "#", "＠", "@", "＿", "_"));
    WITH_THEIR_MARK.chars().forEach(letter -> compose(all, Character.toString(letter)));
    for (int letter = 0x3041; letter <= 0x30ff; letter++) {
      compose(all, Character.toString(letter));
    }
    halfWidth(all);
    // voices of kana that have none
    "\u3099\u309a\uff9e\uff9f".chars().forEach(voice -> all.put(Character.toString(voice), ""));
    for (int letter : letters()) {
      String written = Character.toString(letter);
      if (IS_MARK.test(written)) {
        all.put(written, "");
      } else if (changes(written, plain(written))) {
        all.put(written, plain(written));
      }
    }
    return all;
  }

  private static void compose(Map<String, String> all, String letter) {
    String apart = Normalizer.normalize(letter, Form.NFD);
    if (!apart.equals(letter)) {
      all.put(apart, letter);
      all.put(apart.replace('\u3099', '\uff9e').replace('\u309a', '\uff9f'), letter);
    }
  }

  private static void halfWidth(Map<String, String> all) {
    for (int letter = 0xff66; letter <= 0xff9d; letter++) {
      for (String voice : List.of("", "\uff9e", "\uff9f")) {
        String written = Character.toString(letter) + voice;
        String read = Normalizer.normalize(written, Form.NFKC);
        if (read.length() == 1) {
          all.put(written, read);
        }
      }
    }
  }

  /**
   * Those with tables worth it: neither syllables of Hangul, 11,172 of them, nor ligatures of whole
   * Arabic words, nor mathematical letters but Latin ones.
   */
  private static int[] letters() {
    IntPredicate left =
        letter ->
            letter >= 0x3041 && letter <= 0x30ff
                || letter >= 0xac00 && letter <= 0xdfff
                || letter >= 0xfc00 && letter < 0xfdf0
                || letter > 0xfeff && letter < 0x1d400
                || letter > 0x1d6a3 && letter < 0x1d7ce;
    return IntStream.rangeClosed(0x80, 0x1d7ff)
        .filter(left.negate())
        .filter(PlainLetters::isLetter)
        .toArray();
  }

  private static boolean isLetter(int letter) {
    return switch (Character.getType(letter)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK ->
          true;
      default ->
          IS_MARK.test(Character.toString(letter)) || ALIKE.containsKey(Character.toString(letter));
    };
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    Normalizer.normalize(text, Form.NFKD)
        .codePoints()
        .mapToObj(Character::toString)
        .filter(IS_MARK.negate())
        .map(letter -> ALIKE.getOrDefault(letter, letter))
        .forEach(plain::append);
    return plain.toString();
  }

  private static boolean changes(String written, String read) {
    return !read.isEmpty()
        && read.indexOf(' ') < 0
        && !read.codePoints().allMatch(letter -> letter >= 0x1100 && letter <= 0x11ff)
        && !folded(written).equals(folded(read));
  }

  /** As the filters behind read it. */
  private static String folded(String text) {
    StringBuilder lower = new StringBuilder();
    text.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
    char[] letters = lower.toString().toCharArray();
    char[] folded = new char[4 * letters.length];
    return new String(
        folded, 0, ASCIIFoldingFilter.foldToASCII(letters, 0, folded, 0, letters.length));
  }

  /** What the rules of a mapping filter say. */
  static Map<String, String> ofRules(List<String> rules) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String rule : rules) {
      int arrow = rule.indexOf("=>");
      all.put(rule.substring(0, arrow), rule.substring(arrow + 2));
    }
    return all;
  }
}
