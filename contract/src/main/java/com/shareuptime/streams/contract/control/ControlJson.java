package com.shareuptime.streams.contract.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.control.ControlMessage.Correct;
import com.shareuptime.streams.contract.control.ControlMessage.Fill;
import com.shareuptime.streams.contract.control.ControlMessage.FillAuthor;
import com.shareuptime.streams.contract.control.ControlMessage.FillDocument;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildFeed;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildTimeline;
import com.shareuptime.streams.contract.control.ControlMessage.Refresh;
import java.util.List;
import java.util.Optional;

/** Writes and reads control messages, {@code {"job": …, "action": …, …}}. */
public final class ControlJson {
  private static final String USER = "user";

  /** A longer word is none of those that there are. */
  private static final int MAX_WORD = 64;

  private ControlJson() {}

  static String write(ControlMessage message) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("job", message.job());
    if (message instanceof RebuildFeed feed) {
      json.put("action", "rebuild").set("user_id", IdJson.node(feed.user()));
    } else if (message instanceof RebuildTimeline timeline) {
      json.put("action", "rebuild").set("author_id", IdJson.node(timeline.author()));
    } else if (message instanceof Refresh refresh) {
      target(refresh.target(), json.put("action", "refresh"));
    } else if (message instanceof Correct correct) {
      target(correct.target(), json.put("action", "correct"));
      json.put("if_version", correct.ifVersion());
      json.putRawValue("truth", json(correct.truth(), correct.counters()));
      json.putRawValue("found", json(correct.found(), correct.counters()));
    } else if (message instanceof FillDocument row) {
      target(row.target(), json.put("action", "fill"));
      json.put("version", row.version())
          .putObject("row")
          .<ObjectNode>set("author_id", IdJson.node(row.author()))
          .put("is_deleted", row.deleted())
          .put("visibility", row.visibility())
          .put("text", row.text())
          .put("created_at", row.createdAt())
          .put("updated_at", row.updatedAt());
    } else if (message instanceof FillAuthor row) {
      json.put("action", "fill").put("target", USER).set("target_id", IdJson.node(row.id()));
      json.put("version", row.version())
          .putObject("row")
          .put("is_active", row.active())
          .put("is_private", row.isPrivate())
          .put("is_verified", row.verified())
          .put("username", row.username())
          .put("display_name", row.displayName())
          .put("avatar_url", row.avatarUrl());
    }
    return json.toString();
  }

  private static void target(Target target, ObjectNode json) {
    json.put("target", target.type().label()).set("target_id", IdJson.node(target.id()));
  }

  private static RawValue json(Counts counts, List<CountedView> counters) {
    return counts == null ? null : new RawValue(counts.json(counters));
  }

  /**
   * Reads a message.
   *
   * @param job whose messages are read
   * @return empty if it is for another job
   * @throws IllegalArgumentException if the job cannot do that, with the reason
   */
  public static Optional<ControlMessage> read(String job, JsonNode json, IdKinds kinds) {
    if (!json.path("job").asText().equals(job)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (job) {
          case ControlMessage.FEEDS -> ofFeeds(json, kinds);
          case ControlMessage.COUNTERS -> ofCounters(json, kinds);
          case ControlMessage.SEARCH -> ofSearch(json, kinds);
          default -> throw new IllegalArgumentException("nobody asks the job '" + job + "'");
        });
  }

  private static ControlMessage ofFeeds(JsonNode json, IdKinds kinds) {
    String action = json.path("action").asText();
    if (!action.equals("rebuild")) {
      throw new IllegalArgumentException("action '" + action + "' is not 'rebuild'");
    }
    return json.has("user_id")
        ? new RebuildFeed(id(json, "user_id", kinds.users()))
        : new RebuildTimeline(id(json, "author_id", kinds.users()));
  }

  private static ControlMessage ofCounters(JsonNode json, IdKinds kinds) {
    String action = json.path("action").asText();
    return switch (action) {
      case "refresh" -> new Refresh(ControlMessage.COUNTERS, target(json, kinds));
      case "correct" -> correction(json, kinds);
      default ->
          throw new IllegalArgumentException(
              "action '" + action + "' is not 'refresh' or 'correct'");
    };
  }

  private static ControlMessage ofSearch(JsonNode json, IdKinds kinds) {
    String action = json.path("action").asText();
    return switch (action) {
      case "refresh" -> new Refresh(ControlMessage.SEARCH, target(json, kinds));
      case "fill" -> {
        String target = json.path("target").asText();
        IdKind kind = target.equals(USER) ? kinds.users() : kinds.of(document(target));
        yield fill(
            target,
            id(json, "target_id", kind),
            json.path("version").asText(),
            json.path("row"),
            kinds);
      }
      default ->
          throw new IllegalArgumentException(
              "action '" + action + "' is neither 'refresh' nor 'fill'");
    };
  }

  private static Correct correction(JsonNode json, IdKinds kinds) {
    JsonNode truth = json.path("truth");
    JsonNode found = json.path("found");
    Target target = target(json, kinds);
    List<CountedView> counters = kinds.countersOf(target.type());
    return new Correct(
        target,
        count(json, "if_version", false),
        truth.isNull() ? null : counts(truth, counters),
        found.isObject() ? counts(found, counters) : null,
        counters);
  }

  private static Counts counts(JsonNode json, List<CountedView> counters) {
    return Counts.of(counters, counter -> count(json, counter.name(), counter.hasAmount()));
  }

  /** Counts as a message has them, whatever they are: a store may hold negative ones. */
  public static Counts counts(JsonNode json, IdKinds kinds) {
    return Counts.of(kinds.counters(), counter -> json.path(counter.name()).asLong());
  }

  /**
   * A message with a row of posts, reels or users.
   *
   * @param target post, reel or user
   * @param row its columns, the text of a post or reel as {@code text}
   * @throws IllegalArgumentException if the row is not whole
   */
  public static Fill fill(String target, Id id, String version, JsonNode row, IdKinds kinds) {
    return target.equals(USER)
        ? new FillAuthor(
            id,
            version,
            truth(row, "is_active"),
            row.path("is_private").asBoolean(), // earlier builds did not say it
            truth(row, "is_verified"),
            text(row, "username"),
            text(row, "display_name"),
            row.path("avatar_url").isNull() ? null : text(row, "avatar_url"))
        : new FillDocument(
            new Target(document(target), id),
            version,
            id(row, "author_id", kinds.users()),
            truth(row, "is_deleted"),
            word(row, "visibility"),
            text(row, "text"),
            micros(row, "created_at"),
            micros(row, "updated_at"));
  }

  private static Target target(JsonNode json, IdKinds kinds) {
    String label = json.path("target").asText();
    Target.Type type =
        kinds
            .type(label)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "nothing is counted for a target '" + label + "'"));
    return new Target(type, id(json, "target_id", kinds.of(type)));
  }

  private static Target.Type document(String label) {
    return Target.Type.ofDocument(label)
        .orElseThrow(
            () -> new IllegalArgumentException("target '" + label + "' is not post or reel"));
  }

  private static Id id(JsonNode json, String field, IdKind kind) {
    try {
      return kind.read(json.path(field));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + " " + e.getMessage(), e);
    }
  }

  private static long count(JsonNode json, String field, boolean mayBeNegative) {
    JsonNode number = json.path(field);
    if (!number.canConvertToLong() || (number.asLong() < 0 && !mayBeNegative)) {
      throw new IllegalArgumentException(
          "%s '%s' is not a number%s".formatted(field, number, mayBeNegative ? "" : ", 0 or more"));
    }
    return number.asLong();
  }

  private static String text(JsonNode row, String column) {
    JsonNode value = row.path(column);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("the row has no text '" + column + "'");
    }
    return value.asText();
  }

  private static String word(JsonNode row, String column) {
    String text = text(row, column);
    return text.length() <= MAX_WORD ? text : text.substring(0, MAX_WORD);
  }

  private static boolean truth(JsonNode row, String column) {
    JsonNode value = row.path(column);
    if (!value.isBoolean()) {
      throw new IllegalArgumentException("the row does not say '" + column + "'");
    }
    return value.asBoolean();
  }

  private static long micros(JsonNode row, String column) {
    JsonNode value = row.path(column);
    if (!value.canConvertToLong()) {
      throw new IllegalArgumentException("the row has no time '" + column + "'");
    }
    return value.asLong();
  }
}
