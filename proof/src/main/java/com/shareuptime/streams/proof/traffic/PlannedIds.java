package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;

/** What the numbers of a plan are in the product: as the columns of each entity have their ids. */
record PlannedIds(IdKinds kinds, IdKind comments, IdKind shares) {
  Id user(long number) {
    return IdSpelling.of(number, kinds.users());
  }

  Target target(Target planned) {
    Target.Type type = planned.type();
    return new Target(type, IdSpelling.of(planned.id().number(), kinds.of(type)));
  }

  /** The parameter of a statement. */
  Object sqlUser(long number) {
    return kinds.users().sql(user(number));
  }

  Object sqlTarget(Target planned) {
    return kinds.of(planned.type()).sql(target(planned).id());
  }

  Object sqlComment(long number) {
    return comments.sql(IdSpelling.of(number, comments));
  }

  Object sqlShare(long number) {
    return shares.sql(IdSpelling.of(number, shares));
  }
}
