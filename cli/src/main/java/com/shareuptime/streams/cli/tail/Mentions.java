package com.shareuptime.streams.cli.tail;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a record names somebody. It looks for spellings instead of fields: what is in the dead
 * letters may be broken JSON, or the text of a write that a store refused.
 */
public final class Mentions {
  /**
   * One way of naming.
   *
   * @param topics where it is one; empty for everywhere
   * @param parts all of which must be found
   */
  private record Spelling(Set<String> topics, List<Pattern> parts) {
    static Spelling of(String... parts) {
      return in(Set.of(), parts);
    }

    static Spelling in(Set<String> topics, String... parts) {
      return new Spelling(topics, List.of(parts).stream().map(Pattern::compile).toList());
    }

    boolean isIn(String topic, String text) {
      return (topics.isEmpty() || topics.contains(topic))
          && parts.stream().allMatch(part -> part.matcher(text).find());
    }
  }

  private final List<Spelling> spellings;

  private Mentions(List<Spelling> spellings) {
    this.spellings = spellings;
  }

  public static Mentions of(Target target) {
    String label = target.type().label();
    Id id = target.id();
    return new Mentions(
        List.of(
            Spelling.of("\\b%s[: ]%s(?!\\d)".formatted(label, id)),
            Spelling.of("\"target(_type)?\"\\s*:\\s*\"" + label, number("target_id", id)),
            Spelling.of(number(label + "_id", id)),
            Spelling.of("type=%s, id=%s\\b".formatted(label.toUpperCase(Locale.ROOT), id)),
            Spelling.in(
                Set.of("cdc." + target.type().table(), target.type().table() + "-events"),
                number("id", id))));
  }

  public static Mentions ofUser(Id id) {
    return new Mentions(
        List.of(
            Spelling.of(number("(user|actor|author|follower|followee)_id", id)),
            Spelling.of("\\b(feed|pull|timeline):\\{%s\\}".formatted(id)),
            Spelling.of("\\b(user|author)=%s\\b".formatted(id)),
            Spelling.of("posts of \\d+ to \\[[^]]*\\b%s\\b".formatted(id)),
            Spelling.in(Set.of("cdc.users"), number("id", id))));
  }

  private static String number(String field, Id id) {
    return "\"%s\"\\s*:\\s*\"?%s(?!\\d)".formatted(field, id);
  }

  boolean isIn(String topic, String key, String value) {
    String text = key + "\n" + value;
    return spellings.stream().anyMatch(spelling -> spelling.isIn(topic, text));
  }
}
