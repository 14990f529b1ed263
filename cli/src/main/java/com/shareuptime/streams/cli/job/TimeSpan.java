package com.shareuptime.streams.cli.job;

import com.shareuptime.streams.contract.CommandException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as options of the jobs spell it: {@code 15m}, {@code 30 s}, {@code 1 h}. */
public final class TimeSpan {
  private static final Pattern SPELLING =
      Pattern.compile("(\\d{1,9})\\s*(ms|s|sec|m|min|h|d)", Pattern.CASE_INSENSITIVE);

  private TimeSpan() {}

  /**
   * The length of time that a text spells.
   *
   * @param name of the option, for the message
   * @throws CommandException if it spells none
   */
  public static Duration parse(String name, String text) {
    Matcher matcher = SPELLING.matcher(text.strip());
    if (!matcher.matches()) {
      throw CommandException.usage(
          name + " is '" + text + "', which is no length of time.",
          "Give a number with ms, s, m, h or d, e.g. 15m.");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s", "sec" -> Duration.ofSeconds(amount);
      case "m", "min" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
