package com.shareuptime.streams.proof.traffic;

import static com.shareuptime.streams.proof.traffic.Interactions.unannounced;

import java.util.SplittableRandom;

/**
 * Plans what products count besides likes, comments and shares: marks that users leave on a post,
 * reel or comment, and take back some time later. Most are taken back while they still stand.
 */
final class Marks {
  private static final int REMEMBERED = 512;
  private static final int HEAVIEST = 50;

  private final UserPool cast;
  private final Shelf shelf;
  private final SplittableRandom random;
  private final Newest<Interaction> standing;

  Marks(UserPool cast, Shelf shelf, SplittableRandom random) {
    this.cast = cast;
    this.shelf = shelf;
    this.random = random;
    this.standing = new Newest<>(REMEMBERED, random);
  }

  Interaction next() {
    if (!standing.isEmpty() && random.nextInt(5) < 2) {
      return takenBack(standing.take());
    }
    Interaction mark = another();
    standing.add(mark);
    return mark;
  }

  private Interaction another() {
    TargetModel model = shelf.drawWhere(drawn -> !drawn.isGrowing());
    long user = cast.anyWriter(random);
    return random.nextBoolean() && !model.visibleComments().isEmpty()
        ? unannounced(Change.MARK_COMMENT, model.target(), model.visibleComments().any(), user)
        : unannounced(Change.MARK, model.target(), 1 + random.nextInt(HEAVIEST), user);
  }

  private static Interaction takenBack(Interaction mark) {
    return unannounced(
        mark.change() == Change.MARK ? Change.UNMARK : Change.UNMARK_COMMENT,
        mark.target(),
        mark.rowId(),
        mark.userId());
  }
}
