package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.traffic.text.Size;
import com.shareuptime.streams.proof.traffic.text.Writer;
import java.util.SplittableRandom;

/**
 * What posts and reels say. A text follows from the seed, its target and its revision, so that a
 * plan need not carry it, and whoever writes it twice writes the same. Safe for use by many
 * threads.
 */
final class Texts {
  /** The revision that a target is published with. */
  static final long FIRST = 0;

  /** Odd, and not the step of {@link SplittableRandom}, which would shift a stream and no more. */
  private static final long MIX = 0xD1342543DE82EF95L;

  private final long seed;
  private final Writer writer;

  Texts(long seed, FirstIds ids) {
    this.seed = seed;
    this.writer = new Writer(ids.user(), UserPool.MEMBERS);
  }

  String of(Target target, long revision) {
    long mixed =
        (seed * MIX + target.id().number()) * MIX + revision * Target.Type.DOCUMENTS.size();
    SplittableRandom random =
        new SplittableRandom(mixed + Target.Type.DOCUMENTS.indexOf(target.type()));
    return writer.write(Size.of(number(target, revision), random), random);
  }

  /** Whether it is stored out of line. */
  static boolean isLarge(Target target, long revision) {
    return Size.isLarge(number(target, revision));
  }

  /** Where a large text is edited, a large one comes of it in most cases. */
  private static long number(Target target, long revision) {
    boolean keeps = revision == FIRST || (Size.isLarge(target.id().number()) && revision % 4 != 0);
    return keeps ? target.id().number() : revision;
  }
}
