package com.shareuptime.streams.contract;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Models of products with more than the canonical one has, for tests. */
public final class Products {
  /** Votes of ±1 for posts and users. */
  public static final IdKinds WITH_VOTES_OF_USERS =
      with(
          List.of(new TargetEntity(Target.Type.of("user"), "users", IdKind.NUMBER)),
          new CountedView(
              CounterKind.of(3),
              "votes",
              "vote",
              Set.of("post", "user"),
              "user_id",
              true,
              IdKind.NUMBER));

  private Products() {}

  /** The canonical model with these. */
  public static IdKinds with(List<TargetEntity> others, CountedView... counters) {
    return new IdKinds(
        IdKind.NUMBER,
        IdKind.NUMBER,
        IdKind.NUMBER,
        others,
        Stream.concat(CountedView.CANONICAL.stream(), Stream.of(counters)).toList());
  }
}
