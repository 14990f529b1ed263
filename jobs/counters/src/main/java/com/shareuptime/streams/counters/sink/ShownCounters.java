package com.shareuptime.streams.counters.sink;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.TargetEntity;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which counters a target is shown with, looked up once for each type. */
final class ShownCounters implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Map<Target.Type, CountedView[]> byType = new HashMap<>();

  ShownCounters(IdKinds entities) {
    for (TargetEntity target : entities.targetEntities()) {
      List<CountedView> counters = entities.countersOf(target.type());
      byType.put(target.type(), counters.toArray(CountedView[]::new));
    }
  }

  /** In the order of their kinds; none for what is not counted for any more. */
  CountedView[] of(Target.Type type) {
    return byType.getOrDefault(type, new CountedView[0]);
  }
}
