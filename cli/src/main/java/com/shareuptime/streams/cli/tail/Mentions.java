package com.shareuptime.streams.cli.tail;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisId;
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
            Spelling.of("\\b" + label + "[: ]" + text(id) + end(id)),
            Spelling.of("\"target(_type)?\"\\s*:\\s*\"" + label, field("target_id", id)),
            Spelling.of(field(label + "_id", id)),
            Spelling.of("type=%s, id=%s".formatted(label.toUpperCase(Locale.ROOT), word(id))),
            Spelling.in(
                Set.of("cdc." + target.type().table(), target.type().table() + "-events"),
                field("id", id))));
  }

  public static Mentions ofUser(Id id) {
    return new Mentions(
        List.of(
            Spelling.of(field("(user|actor|author|follower|followee)_id", id)),
            Spelling.of("\\b(feed|pull|timeline):\\{" + Pattern.quote(RedisId.write(id)) + "\\}"),
            Spelling.of("\\b(user|author)=" + word(id)),
            Spelling.of("posts of \\d+ to \\[[^]]*" + word(id)),
            Spelling.in(Set.of("cdc.users"), field("id", id))));
  }

  /** A number may stand there as a text. */
  private static String field(String field, Id id) {
    return "\"%s\"\\s*:\\s*".formatted(field)
        + (id.isNumber() ? "\"?" + id + "(?!\\d)" : quoted(id, IdJson.node(id).toString()));
  }

  private static String text(Id id) {
    return id.isNumber() ? id.toString() : quoted(id, id.toString());
  }

  /** A UUID may be in upper case. */
  private static String quoted(Id id, String text) {
    return (id.isUuid() ? "(?i:%s)" : "%s").formatted(Pattern.quote(text));
  }

  private static String end(Id id) {
    return id.isNumber() ? "(?!\\d)" : "(?![\\w-])";
  }

  private static String word(Id id) {
    return id.isNumber() ? "\\b" + id + "\\b" : "(?<![\\w-])" + text(id) + end(id);
  }

  boolean isIn(String topic, String key, String value) {
    String text = key + "\n" + value;
    return spellings.stream().anyMatch(spelling -> spelling.isIn(topic, text));
  }
}
