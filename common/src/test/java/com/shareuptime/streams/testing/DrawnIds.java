package com.shareuptime.streams.testing;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import java.util.UUID;
import java.util.stream.LongStream;

/** Small numbers as ids of each kind, for tests that count what they make. */
public enum DrawnIds {
  NUMBERS(IdKind.NUMBER) {
    @Override
    public Id of(long number) {
      return Id.of(number);
    }
  },
  /** Their order is not that of the numbers. */
  UUIDS(IdKind.UUID) {
    @Override
    public Id of(long number) {
      long mixed = (number + 1) * 0xFF51AFD7ED558CCDL;
      return Id.of(new UUID(mixed ^ mixed >>> 29, mixed * 0xC4CEB9FE1A85EC53L).toString());
    }
  },
  /** Some look like numbers, some have what is escaped in keys of Redis or takes more bytes. */
  TEXTS(IdKind.TEXT) {
    @Override
    public Id of(long number) {
      return Id.of(
          switch ((int) (number % 5)) {
            case 0 -> "p:{" + number + "}";
            case 1 -> "~" + number;
            case 2 -> "ü_" + number;
            case 3 -> Long.toString(number);
            default -> "p:" + number;
          });
    }
  };

  private final IdKind kind;

  DrawnIds(IdKind kind) {
    this.kind = kind;
  }

  public static DrawnIds of(IdKind kind) {
    return values()[kind.ordinal()];
  }

  public IdKind kind() {
    return kind;
  }

  /** Those of a history. */
  public static DrawnIds ofSeed(long seed) {
    return values()[(int) Math.floorMod(seed, (long) values().length)];
  }

  public abstract Id of(long number);

  public Ids of(LongStream numbers) {
    return Ids.of(numbers.mapToObj(this::of).toList());
  }

  public IdKinds kinds() {
    return new IdKinds(kind, kind, kind);
  }
}
