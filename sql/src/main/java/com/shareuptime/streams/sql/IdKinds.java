package com.shareuptime.streams.sql;

import com.shareuptime.streams.model.BoundModel;
import com.shareuptime.streams.contract.IdKind;

/** What the ids of users, of posts and of reels are. */
public record IdKinds(IdKind users, IdKind posts, IdKind reels) {
  /** Those of ShareUptime's own tables. */
  public static final IdKinds NUMBERS = new IdKinds(IdKind.NUMBER, IdKind.NUMBER, IdKind.NUMBER);

  /** Of a model without reels, these are as posts are: so that targets have one kind. */
  public static IdKinds of(BoundModel model) {
    IdKind posts = model.entity("posts").id();
    return new IdKinds(
        model.entity("users").id(),
        posts,
        model.model().entity("reels").isPresent() ? model.entity("reels").id() : posts);
  }

  /** Where ids of posts and of reels are in one column. */
  public IdKind targets() {
    return either(posts, reels);
  }

  /** Where ids of all three are. */
  IdKind all() {
    return either(targets(), users);
  }

  private static IdKind either(IdKind one, IdKind other) {
    return one == other ? one : IdKind.TEXT;
  }
}
