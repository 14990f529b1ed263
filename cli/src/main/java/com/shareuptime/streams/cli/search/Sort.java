package com.shareuptime.streams.cli.search;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which of the found come first. */
public enum Sort {
  /**
   * Those that say best what was asked for; of up to five words one is enough, of more a third: on
   * the judged set of bench/ more than that loses what is said in other words. Of pairs of letters,
   * which other words share, one or two must all be there, of up to nine three quarters, of a
   * sentence a third.
   */
  RELEVANCE("1<34%", "2<75% 9<34%"),
  /** Those that are much liked, commented and shared, and fresh. */
  HOT("100%", "100%"),
  /** The youngest. */
  NEW("100%", "100%");

  /** Scripts without spaces are read in pairs of letters. */
  private static final Pattern PAIR =
      Pattern.compile(
          "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}"
              + "\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}ー]{2}");

  private final String agreement;
  private final String agreementOfPairs;

  Sort(String agreement, String agreementOfPairs) {
    this.agreement = agreement;
    this.agreementOfPairs = agreementOfPairs;
  }

  /**
   * How many of a text's words a document must have. Only where the best come first may it lack
   * some: on top of the others would stand whatever is young or liked and shares two words of five.
   */
  String agreement(String text) {
    return PAIR.matcher(text).find() ? agreementOfPairs : agreement;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
