package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;

/** Small numbers as ids of each kind. */
enum DrawnIds {
  NUMBERS(IdKind.NUMBER) {
    @Override
    Id of(long number) {
      return Id.of(number);
    }
  },
  UUIDS(IdKind.UUID) {
    @Override
    Id of(long number) {
      return Id.ofUuid(number * 0x9E3779B97F4A7C15L, number * 0xC2B2AE3D27D4EB4FL);
    }
  },
  /** Some with what Redis would take for its own, or what other collations order otherwise. */
  TEXTS(IdKind.TEXT) {
    @Override
    Id of(long number) {
      return Id.of((number % 5 == 0 ? "~ü{" : number % 3 == 0 ? "P%:" : "p:") + number);
    }
  };

  final IdKind kind;

  DrawnIds(IdKind kind) {
    this.kind = kind;
  }

  static DrawnIds drawn(long seed) {
    return values()[(int) Math.floorMod(seed, (long) values().length)];
  }

  abstract Id of(long number);
}
