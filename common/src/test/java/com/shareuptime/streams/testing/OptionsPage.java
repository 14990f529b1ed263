package com.shareuptime.streams.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/**
 * The page {@code docs/options.md}, a section of which is the table of some options. With {@code
 * -Dstreams.docs.write=true} a section is written instead of compared.
 */
public final class OptionsPage {
  private static final String PAGE = "docs/options.md";

  private OptionsPage() {}

  /** Fails if the section between its two marks is not the table of these options. */
  public static void verify(String section, List<ConfigOption<?>> options) throws Exception {
    String page = Repository.text(PAGE);
    String begin = "<!-- options of " + section + " -->\n";
    String end = "<!-- end of " + section + " -->";
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end);
    assertThat(page).contains(begin, end);
    String table = table(options);
    if (Boolean.getBoolean("streams.docs.write")) {
      write(page.substring(0, from) + table + page.substring(to));
    } else {
      assertThat(page.substring(from, to))
          .as("section '%s' of %s; -Dstreams.docs.write=true writes it", section, PAGE)
          .isEqualTo(table);
    }
  }

  private static void write(String page) throws IOException {
    Path file = Repository.file(PAGE);
    Files.writeString(file, page);
  }

  private static String table(List<ConfigOption<?>> options) throws Exception {
    StringBuilder table = new StringBuilder("| key | type | default | |\n|---|---|---|---|\n");
    for (ConfigOption<?> option : options) {
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  option.key(),
                  type(option),
                  option.hasDefaultValue() ? "`" + text(option.defaultValue()) + "`" : "–",
                  new HtmlFormatter().format(option.description())));
    }
    return table.toString();
  }

  /** Flink keeps an option's class to itself. */
  private static String type(ConfigOption<?> option) throws Exception {
    Field field = ConfigOption.class.getDeclaredField("clazz");
    field.setAccessible(true);
    Class<?> type = (Class<?>) field.get(option);
    return type.isEnum()
        ? Arrays.stream(type.getEnumConstants())
            .map(value -> "`" + value + "`")
            .collect(Collectors.joining(", "))
        : type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String text(Object value) {
    return value instanceof Duration time
        ? TimeUtils.formatWithHighestUnit(time)
        : value.toString();
  }
}
