package com.shareuptime.streams.counters.simulation;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.simulation.Simulation;
import com.shareuptime.streams.testing.DrawnIds;
import java.util.List;

/**
 * What ids are in a history, which knows rows by small numbers: each stands for one id of its kind.
 */
record ProductIds(IdKinds kinds) {
  private static final List<IdKinds> DRAWN =
      List.of(
          IdKinds.NUMBERS,
          IdKinds.NUMBERS,
          IdKinds.NUMBERS,
          new IdKinds(IdKind.UUID, IdKind.UUID, IdKind.UUID),
          new IdKinds(IdKind.UUID, IdKind.UUID, IdKind.UUID),
          new IdKinds(IdKind.NUMBER, IdKind.UUID, IdKind.UUID),
          new IdKinds(IdKind.TEXT, IdKind.TEXT, IdKind.TEXT),
          new IdKinds(IdKind.TEXT, IdKind.TEXT, IdKind.TEXT),
          new IdKinds(IdKind.TEXT, IdKind.NUMBER, IdKind.UUID));

  static ProductIds draw(Simulation simulation) {
    return new ProductIds(DRAWN.get(simulation.draw(DRAWN.size())));
  }

  Id user(long number) {
    return id(kinds.users(), number);
  }

  CounterTarget post(long number) {
    return target(Target.Type.POST, number);
  }

  CounterTarget reel(long number) {
    return target(Target.Type.REEL, number);
  }

  CounterTarget target(Target.Type type, long number) {
    return new CounterTarget(type, id(kinds.of(type), number));
  }

  /** Of a row that has an id and is no user, post or reel. */
  Id row(long number) {
    return id(kinds.posts(), number);
  }

  private static Id id(IdKind kind, long number) {
    return DrawnIds.of(kind).of(number);
  }

  static String json(Id id) {
    return IdJson.node(id).toString();
  }
}
