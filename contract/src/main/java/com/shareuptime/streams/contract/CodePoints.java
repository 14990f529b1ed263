package com.shareuptime.streams.contract;

/** The order of texts by their code points, which is that of their bytes in UTF-8. */
final class CodePoints {
  private CodePoints() {}

  /** Java's own order is another where one text has a character beyond the first 65,536. */
  static int compare(String left, String right) {
    int most = Math.min(left.length(), right.length());
    for (int i = 0; i < most; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
        return surrogates ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
