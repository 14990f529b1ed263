package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.cli.server.TypedId;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Target;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Posts or reels that nobody but the canary cares for: of a test account, or ids that are given to
 * nobody.
 *
 * @param text the first and the last id where they are numbers, else all with commas between
 */
record CanaryRange(Target.Type type, String text) {
  private static final Pattern TEXT = Pattern.compile("(post|reel):(.+)");
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,18})-(\\d{1,18})");
  private static final String USAGE = "give a range of ids like post:100-109";

  /** More would be a load, not a canary. */
  private static final long MOST = 1_000;

  /** Reads {@code post:100-109}, or what may be a list of other ids. */
  static final class Converter implements ITypeConverter<CanaryRange> {
    @Override
    public CanaryRange convert(String text) {
      Matcher parts = TEXT.matcher(text);
      if (!parts.matches()) {
        throw new TypeConversionException(USAGE);
      }
      Matcher numbers = NUMBERS.matcher(parts.group(2));
      if (numbers.matches() && !isRange(first(numbers), last(numbers))) {
        throw new TypeConversionException("give 1 to " + MOST + " ids, the lower one first");
      }
      return new CanaryRange(Target.Type.of(parts.group(1)), parts.group(2));
    }

    private static boolean isRange(long first, long last) {
      return first >= 1 && last >= first && last - first < MOST;
    }
  }

  private static long first(Matcher numbers) {
    return Long.parseLong(numbers.group(1));
  }

  private static long last(Matcher numbers) {
    return Long.parseLong(numbers.group(2));
  }

  /**
   * The ids.
   *
   * @throws CommandException if they are none
   */
  Ids ids(IdKinds kinds) {
    IdKind kind = kinds.of(type);
    if (kind == IdKind.NUMBER) {
      Matcher numbers = NUMBERS.matcher(text);
      if (!numbers.matches()) {
        throw CommandException.usage("--canary is " + text + ".", "Rather " + USAGE + ".");
      }
      return Ids.packed(LongStream.rangeClosed(first(numbers), last(numbers)).toArray());
    }
    List<Id> ids = Arrays.stream(text.split(",")).map(one -> TypedId.read(one, kind)).toList();
    return Ids.of(ids);
  }
}
