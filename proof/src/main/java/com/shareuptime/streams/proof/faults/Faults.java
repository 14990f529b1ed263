package com.shareuptime.streams.proof.faults;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every fault that is known. */
final class Faults {
  static final List<SuiteFault> ALL =
      Stream.of(
              ServerFaults.all(),
              NetworkFaults.all(),
              LossFaults.all(),
              CheckpointFaults.all(),
              ClockFaults.all(),
              JobFaults.all(),
              PoisonFaults.all())
          .flatMap(List::stream)
          .toList();

  private Faults() {}

  /**
   * Those that the names stand for; all if there is no name.
   *
   * @throws IllegalArgumentException with the known names, if one is unknown
   */
  static List<SuiteFault> named(List<String> names) {
    if (names.isEmpty()) {
      return ALL;
    }
    for (String name : names) {
      if (ALL.stream().noneMatch(fault -> fault.isNamed(name))) {
        throw new IllegalArgumentException(
            "There is no fault named '%s'; known: %s"
                .formatted(
                    name, ALL.stream().map(SuiteFault::label).collect(Collectors.joining(", "))));
      }
    }
    return ALL.stream().filter(fault -> names.stream().anyMatch(fault::isNamed)).toList();
  }
}
