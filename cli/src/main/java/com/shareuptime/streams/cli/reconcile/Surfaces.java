package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Surface;
import java.util.List;
import java.util.stream.Stream;

/** The surfaces whose progress is published, by the names of the read contract. */
final class Surfaces {
  static final List<String> ALL = Stream.of(Surface.values()).map(Surface::label).sorted().toList();

  private Surfaces() {}

  /**
   * Those that are meant.
   *
   * @param names of surfaces, or of families of them; empty for all
   * @throws CommandException if a name is none
   */
  static List<String> named(List<String> names) {
    for (String name : names) {
      if (ALL.stream().noneMatch(surface -> isNamed(surface, name))) {
        throw CommandException.usage(
            "There is no surface '" + name + "'.",
            "Give counters, feeds or search, or some of " + String.join(", ", ALL) + ".");
      }
    }
    return ALL.stream()
        .filter(
            surface -> names.isEmpty() || names.stream().anyMatch(name -> isNamed(surface, name)))
        .toList();
  }

  private static boolean isNamed(String surface, String name) {
    return surface.equals(name) || surface.startsWith(name + ".");
  }
}
