package com.shareuptime.streams.testing;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;

/** Small numbers as ids of each kind, for tests that count what they make. */
public enum DrawnIds {
  NUMBERS(IdKind.NUMBER) {
    @Override
    public Id of(long number) {
      return Id.of(number);
    }
  },
  UUIDS(IdKind.UUID) {
    @Override
    public Id of(long number) {
      return Id.ofUuid(number * 0x9E3779B97F4A7C15L, number * 0xC2B2AE3D27D4EB4FL);
    }
  },
  /** Some look like numbers, some have what separates names from ids. */
  TEXTS(IdKind.TEXT) {
    @Override
    public Id of(long number) {
      return Id.of((number % 5 == 0 ? "ü{" : number % 3 == 0 ? "" : "p:") + number);
    }
  };

  private final IdKind kind;

  DrawnIds(IdKind kind) {
    this.kind = kind;
  }

  public IdKind kind() {
    return kind;
  }

  public abstract Id of(long number);
}
