package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Posts or reels that nobody but the canary cares for: of a test account, or ids that are given to
 * nobody.
 */
record CanaryRange(String type, Ids ids) {
  private static final Pattern TEXT = Pattern.compile("(post|reel):(\\d{1,18})-(\\d{1,18})");

  /** More would be a load, not a canary. */
  private static final long MOST = 1_000;

  /** Reads {@code post:100-109}. */
  static final class Converter implements ITypeConverter<CanaryRange> {
    @Override
    public CanaryRange convert(String text) {
      Matcher parts = TEXT.matcher(text);
      if (!parts.matches()) {
        throw new TypeConversionException("give a range of ids like post:100-109");
      }
      long first = Long.parseLong(parts.group(2));
      long last = Long.parseLong(parts.group(3));
      if (first < 1 || last < first || last - first >= MOST) {
        throw new TypeConversionException("give 1 to " + MOST + " ids, the lower one first");
      }
      long[] all = LongStream.rangeClosed(first, last).toArray();
      return new CanaryRange(parts.group(1), Ids.packed(all));
    }
  }

  Id first() {
    return ids.get(0);
  }

  Id last() {
    return ids.get(ids.size() - 1);
  }
}
