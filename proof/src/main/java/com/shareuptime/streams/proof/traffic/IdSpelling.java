package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;

/**
 * The numbers that a plan counts its rows by, as ids of a kind: each another, and told again by the
 * id alone.
 */
final class IdSpelling {
  private static final long LOW = 0x8A5CD789635D2DFFL;

  private static final String PLAIN = "p-";

  /** What Redis would take for a mark in a key, and two bytes of UTF-8. */
  private static final String ODD = "ü{";

  private static final int ODD_EVERY = 16;

  private IdSpelling() {}

  static Id of(long number, IdKind kind) {
    return switch (kind) {
      case NUMBER -> Id.of(number);
      case UUID -> Id.ofUuid(mixed(number), number ^ LOW);
      case TEXT -> Id.of((number % ODD_EVERY == 0 ? ODD : PLAIN) + number);
    };
  }

  /**
   * The number that an id was made of.
   *
   * @throws IllegalArgumentException if it was made of none
   */
  static long number(Id id) {
    long number = read(id);
    IdKind kind = id.isNumber() ? IdKind.NUMBER : id.isUuid() ? IdKind.UUID : IdKind.TEXT;
    if (!of(number, kind).equals(id)) {
      throw new IllegalArgumentException(id + " stands for no number");
    }
    return number;
  }

  private static long read(Id id) {
    if (id.isNumber()) {
      return id.number();
    }
    return id.isUuid()
        ? id.low() ^ LOW
        : Long.parseLong(id.toString(), PLAIN.length(), id.toString().length(), 10);
  }

  /** In no order of the numbers, as random UUIDs are. */
  private static long mixed(long number) {
    long mixed = (number ^ (number >>> 32)) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }
}
