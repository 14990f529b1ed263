package com.shareuptime.streams.feeds;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import java.util.UUID;
import java.util.stream.LongStream;

/** Ids made of small numbers, in each kind that ids may have. */
public enum NumberedIds {
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
  /** Some with what is escaped in keys of Redis, or takes more than a byte. */
  TEXTS(IdKind.TEXT) {
    @Override
    public Id of(long number) {
      return Id.of(
          switch ((int) (number % 5)) {
            case 0 -> "p:{" + number + "}";
            case 1 -> "~" + number;
            case 2 -> "ü_" + number;
            default -> "p:" + number;
          });
    }
  };

  private final IdKind kind;

  NumberedIds(IdKind kind) {
    this.kind = kind;
  }

  /** Those of a history. */
  public static NumberedIds ofSeed(long seed) {
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
