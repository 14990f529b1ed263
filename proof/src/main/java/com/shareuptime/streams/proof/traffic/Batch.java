package com.shareuptime.streams.proof.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of the plan, sorted by who does it: first what is created, then how users appear, then
 * the lanes beside each other, last the users to be deleted, of whom nothing comes after them in
 * it.
 */
record Batch(
    List<Operation.SignUp> users,
    List<Operation.Publish> targets,
    List<Operation.ChangeProfile> profiles,
    List<Operation.Activity> activities,
    List<Operation.SendBadEvent> badEvents,
    List<Operation.SlowTransaction> slow,
    List<Race> races,
    List<List<Operation>> lanes,
    List<Operation.DeleteUser> deletedUsers,
    long interactions) {

  Batch(List<Operation> operations, int laneCount) {
    this(
        only(operations, Operation.SignUp.class),
        only(operations, Operation.Publish.class),
        only(operations, Operation.ChangeProfile.class),
        only(operations, Operation.Activity.class),
        only(operations, Operation.SendBadEvent.class),
        only(operations, Operation.SlowTransaction.class),
        only(operations, Race.class),
        byLane(operations, laneCount),
        only(operations, Operation.DeleteUser.class),
        operations.stream().filter(Batch::isInteraction).count());
  }

  /** Takes so many interactions off the plan, or fewer, up to the next deleted user. */
  static Batch of(Planner planner, long interactions, int laneCount) {
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
    return new Batch(operations, laneCount);
  }

  List<Operation> lane(int index) {
    return lanes.get(index);
  }

  private static boolean isInteraction(Operation operation) {
    return operation instanceof Interaction || operation instanceof Operation.RolledBack;
  }

  private static <T> List<T> only(List<Operation> operations, Class<T> kind) {
    return operations.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<List<Operation>> byLane(List<Operation> operations, int laneCount) {
    List<List<Operation>> lanes = new ArrayList<>();
    for (int i = 0; i < laneCount; i++) {
      lanes.add(new ArrayList<>());
    }
    for (Operation operation : operations) {
      if (operation instanceof Interaction row) {
        lanes.get(row.lane(laneCount)).add(row);
      } else if (operation instanceof Operation.RolledBack phantom) {
        lanes.get(phantom.interaction().lane(laneCount)).add(phantom);
      }
    }
    return lanes;
  }
}
