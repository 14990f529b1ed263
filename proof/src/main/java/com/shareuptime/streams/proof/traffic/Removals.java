package com.shareuptime.streams.proof.traffic;

import static com.shareuptime.streams.proof.traffic.Interactions.unannounced;

import com.shareuptime.streams.contract.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Plans what takes more than one row away. Growing and hot targets are left alone. */
final class Removals {
  private static final int BULK = 100;

  private final UserPool cast;
  private final Shelf shelf;
  private final Interactions interactions;
  private final SplittableRandom random;
  private final RecentTargets hidden;

  Removals(UserPool cast, Shelf shelf, Interactions interactions, SplittableRandom random) {
    this.cast = cast;
    this.shelf = shelf;
    this.interactions = interactions;
    this.random = random;
    this.hidden = new RecentTargets(shelf, random);
  }

  /** Many unlikes in a row, or all likes of a target in one statement that nobody announces. */
  List<Operation> bulk() {
    TargetModel model = ordinary();
    if (random.nextBoolean()) {
      model.clearLikes();
      return List.of(unannounced(Change.CLEAR_LIKES, model.target()));
    }
    List<Operation> unlikes = new ArrayList<>();
    for (long left = Math.min(BULK, model.likes()); left > 0; left--) {
      unlikes.add(interactions.unlike(model));
    }
    return unlikes;
  }

  Operation hide() {
    Target target = ordinary().target();
    hidden.add(target);
    return unannounced(Change.HIDE, target);
  }

  /** One that {@link #hide} has hidden is shown again, if there is one. */
  Optional<Operation> restore() {
    return hidden.take().map(target -> unannounced(Change.RESTORE, target));
  }

  /** Its likes and comments go with it, or stay behind as orphans. */
  List<Operation> deleteTarget() {
    TargetModel gone = ordinary();
    Target target = gone.target();
    List<Operation> all = new ArrayList<>();
    if (random.nextBoolean()) {
      all.add(unannounced(Change.CLEAR_LIKES, target));
      all.add(unannounced(Change.CLEAR_COMMENTS, target));
    }
    all.add(unannounced(Change.DELETE, target));
    all.add(replacement(gone));
    return all;
  }

  List<Operation> deleteUser() {
    long user = cast.removeNewcomer(random);
    List<Operation> all = new ArrayList<>();
    all.add(new Operation.DeleteUser(user, random.nextBoolean()));
    shelf.publishedBy(user).forEach(shelf::bury);
    shelf.heldBy(user).forEach(gone -> all.add(replacement(gone)));
    return all;
  }

  private Operation replacement(TargetModel gone) {
    long author = cast.anyWriter(random);
    return new Operation.Publish(shelf.replace(gone, author).target(), author);
  }

  private TargetModel ordinary() {
    return shelf.drawWhere(model -> model.kind() == TargetModel.Kind.ORDINARY);
  }
}
