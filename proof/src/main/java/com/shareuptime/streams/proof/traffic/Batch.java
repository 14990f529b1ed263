package com.shareuptime.streams.proof.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of the plan, told apart by who does it. Of the users to be deleted nothing comes after
 * them in it.
 */
record Batch(List<Operation> operations) {

  /** Takes so many interactions off the plan, or fewer, up to the next deleted user. */
  static Batch of(Planner planner, long interactions) {
    List<Operation> operations = new ArrayList<>();
    for (long left = interactions; left > 0; ) {
      Operation operation = planner.next();
      operations.add(operation);
      if (isInteraction(operation)) {
        left--;
      }
      if (operation instanceof Operation.DeleteUser) {
        break;
      }
    }
    return new Batch(operations);
  }

  <T> List<T> only(Class<T> kind) {
    return operations.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** What one of so many workers does. */
  List<Operation> lane(int index, int lanes) {
    return operations.stream().filter(operation -> operation.lane(lanes) == index).toList();
  }

  long interactions() {
    return operations.stream().filter(Batch::isInteraction).count();
  }

  private static boolean isInteraction(Operation operation) {
    return operation instanceof Interaction || operation instanceof Operation.RolledBack;
  }
}
