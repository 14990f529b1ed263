package com.shareuptime.streams.proof.traffic.text;

import com.shareuptime.streams.proof.traffic.text.WordList.Section;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What users are called, by their id. A username is ASCII and ends with the id after a letter, so
 * that no two users ever have the same, whatever they were called before.
 */
public final class Names {
  private record Name(String display, String handle) {
    private static Name of(String value) {
      int colon = value.indexOf(':');
      return colon < 0
          ? new Name(value, ascii(value))
          : new Name(value.substring(0, colon), value.substring(colon + 1));
    }

    private static String ascii(String value) {
      String lower =
          value.toLowerCase(Locale.ROOT).replace('ı', 'i').replace("ß", "ss").replace("ø", "o");
      StringBuilder ascii = new StringBuilder();
      Normalizer.normalize(lower, Normalizer.Form.NFD)
          .chars()
          .filter(letter -> letter >= 'a' && letter <= 'z')
          .forEach(letter -> ascii.append((char) letter));
      return ascii.toString();
    }
  }

  /** Odd, and not the step of {@link SplittableRandom}, which would shift a stream and no more. */
  private static final long MIX = 0xD1342543DE82EF95L;

  private static final int EMBEDDED_AVATAR_EVERY = 40;
  private static final int EMBEDDED_AVATAR_BYTES = 6_000;

  private static final List<Name> FIRST = new ArrayList<>();
  private static final List<Name> LAST = new ArrayList<>();

  static {
    for (Section section : WordList.read("names.txt")) {
      List<Name> names = section.title().equals("first") ? FIRST : LAST;
      section
          .lines()
          .forEach(line -> WordList.values(line).stream().map(Name::of).forEach(names::add));
    }
  }

  private Names() {}

  /** The profile of a user who has just signed up, or, from revision 1 on, one he changes to. */
  public static Profile profile(long userId, long revision) {
    SplittableRandom random = random(userId, revision);
    Name first = any(FIRST, random);
    Name last = any(LAST, random);
    String displayName =
        random.nextInt(4) == 0 ? first.display() : first.display() + " " + last.display();
    String avatarUrl = random.nextInt(5) == 0 ? null : avatar(userId, revision);
    return new Profile(
        handle(first, last, random) + userId, displayName, avatarUrl, random.nextInt(25) == 0);
  }

  /** Some carry their picture within the row, so large that Postgres stores it out of line. */
  private static String avatar(long userId, long revision) {
    if (Math.floorMod(userId + revision, EMBEDDED_AVATAR_EVERY) != 0) {
      return "https://cdn.example/avatars/" + userId + "-" + revision + ".jpg";
    }
    byte[] picture = new byte[EMBEDDED_AVATAR_BYTES];
    random(userId, ~revision).nextBytes(picture);
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);
  }

  private static String handle(Name first, Name last, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> first.handle();
      case 1 -> first.handle() + last.handle();
      case 2 -> last.handle() + "_" + first.handle();
      default -> first.handle() + "_" + last.handle();
    };
  }

  private static Name any(List<Name> names, SplittableRandom random) {
    return names.get(random.nextInt(names.size()));
  }

  private static SplittableRandom random(long userId, long revision) {
    return new SplittableRandom(userId * MIX + revision);
  }
}
