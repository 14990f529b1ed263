package com.shareuptime.streams.model.evaluation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The twin of {@code streams_model.id_time(id, kind)}: the time that an id was made at, of ids that
 * hold one. Null for what is no such id. Its SQL is in {@code ModelFunctions}.
 */
public enum IdTime {
  /** 26 characters of Crockford's alphabet, of which the first ten are milliseconds. */
  ULID("[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}", "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 10) {
    @Override
    Long millis(String id) {
      return digits(id.toUpperCase(Locale.ROOT));
    }
  },
  /** Version 7 of UUIDs: twelve hexadecimal digits are milliseconds. */
  UUID7(
      "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
      "0123456789abcdef", 12) {
    @Override
    Long millis(String id) {
      return digits(id.substring(0, 8) + id.substring(9, 13));
    }
  },
  /** Twitter's: milliseconds since its epoch above 22 bits. */
  SNOWFLAKE("[0-9]{1,18}|[0-8][0-9]{18}", "0123456789", 0) {
    @Override
    Long millis(String id) {
      return (Long.parseLong(id) >> 22) + 1_288_834_974_657L;
    }
  },
  /** Mastodon's: milliseconds since 1970 above 16 bits. */
  MASTODON("[0-9]{1,18}|[0-8][0-9]{18}", "0123456789", 0) {
    @Override
    Long millis(String id) {
      return Long.parseLong(id) >> 16;
    }
  },
  /** Misskey's: eight digits of base 36 are milliseconds since 2000, then two or more. */
  AID("[0-9a-z]{10}", "0123456789abcdefghijklmnopqrstuvwxyz", 8) {
    @Override
    Long millis(String id) {
      return digits(id) + MILLIS_2000;
    }
  },
  /** Misskey's newer one, of 16 characters. */
  AIDX("[0-9a-z]{16}", "0123456789abcdefghijklmnopqrstuvwxyz", 8) {
    @Override
    Long millis(String id) {
      return digits(id) + MILLIS_2000;
    }
  },
  /** MongoDB's: eight hexadecimal digits are seconds. */
  OBJECTID("[0-9a-f]{24}", "0123456789abcdef", 8) {
    @Override
    Long millis(String id) {
      return digits(id) * 1000;
    }
  },
  /** The first cuid: after a {@code c}, eight digits of base 36 are milliseconds. */
  CUID("c[0-9a-z]{24}", "0123456789abcdefghijklmnopqrstuvwxyz", 8) {
    @Override
    Long millis(String id) {
      return digits(id.substring(1));
    }
  };

  private static final long MILLIS_2000 = 946_684_800_000L;

  private final Pattern pattern;
  private final String alphabet;
  private final int timeDigits;

  IdTime(String pattern, String alphabet, int timeDigits) {
    this.pattern = Pattern.compile(pattern);
    this.alphabet = alphabet;
    this.timeDigits = timeDigits;
  }

  abstract Long millis(String id);

  long digits(String id) {
    long value = 0;
    for (int i = 0; i < timeDigits; i++) {
      value = value * alphabet.length() + alphabet.indexOf(id.charAt(i));
    }
    return value;
  }

  /** What the second argument calls it. */
  public String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All kinds, for a message. */
  public static String kinds() {
    return String.join(", ", Arrays.stream(values()).map(IdTime::kind).toList());
  }

  public static Optional<IdTime> ofKind(String kind) {
    return Arrays.stream(values()).filter(time -> time.kind().equals(kind)).findFirst();
  }

  /** Microseconds since 1970, or null. */
  public Long micros(String id) {
    return pattern.matcher(id).matches() ? millis(id) * 1000 : null;
  }

  public Computation of(Computation id) {
    return Strict.one(id, value -> micros(value.toString()));
  }
}
