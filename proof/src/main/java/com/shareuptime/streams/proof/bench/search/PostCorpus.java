package com.shareuptime.streams.proof.bench.search;

import com.shareuptime.streams.proof.traffic.text.Names;
import com.shareuptime.streams.proof.traffic.text.Profile;
import com.shareuptime.streams.proof.traffic.text.Size;
import com.shareuptime.streams.proof.traffic.text.Writer;
import java.util.SplittableRandom;

/**
 * What there is to find: posts of authors in turn, ids from 1 on, with texts of some sentences in
 * several languages. All of it follows from the seed, so nothing need be kept.
 */
record PostCorpus(int authors, long seed) {
  static final int SHORTEST = 40;
  static final int LONGEST = 200;

  private static final Writer WRITER = new Writer(1, 20_000);

  /** Odd, and not the step of {@link SplittableRandom}. */
  private static final long MIX = 0xD1342543DE82EF95L;

  /** Authors have the ids from 1 to their number. */
  long author(long post) {
    return 1 + post % authors;
  }

  static Profile profile(long author) {
    return Names.profile(author, 0);
  }

  /**
   * 40 to 200 characters.
   *
   * @param revision 0 for what the post is published with
   */
  String text(long post, int revision) {
    SplittableRandom random = new SplittableRandom((seed * MIX + post) * MIX + revision);
    StringBuilder text = new StringBuilder(WRITER.write(Size.SHORT, random));
    while (text.length() < SHORTEST) {
      text.append(' ').append(WRITER.write(Size.SHORT, random));
    }
    if (text.length() > LONGEST) {
      // no half of a pair at the end
      text.setLength(Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }
    return text.toString();
  }
}
