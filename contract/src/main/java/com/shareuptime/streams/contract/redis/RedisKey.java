package com.shareuptime.streams.contract.redis;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import java.util.Optional;

/**
 * The keys of Redis that have a subject, which stands in braces behind the name: {@code feed:{7}}.
 * A cluster keeps what has the same text in braces on one node, where a script may use all of it.
 */
public enum RedisKey {
  /** A hash: the counters of a target, {@code counters:{post:42}}. */
  COUNTERS("counters"),
  /** A zset: what was pushed to a user. */
  FEED("feed"),
  /** A set: the authors whose timelines a user reads. */
  PULL("pull"),
  /** A zset: the newest posts of an author. */
  TIMELINE("timeline"),
  /** A hash, the feeds job's own: how far it has built a user's feed, and which run wrote last. */
  FILL("fill"),
  /** A text, the feeds job's own: which run wrote an author's timeline last. */
  TIMELINE_RUN("timeline-run"),
  /** A hash, the sinks' own: how many batches of each writer have come to a surface. */
  MARKS("marks");

  /** A hash: surface → the position that it has passed. */
  public static final String PROGRESS = "progress";

  /** A hash: surface → the source's time of that position. In the hash slot of the other. */
  public static final String PROGRESS_TIMES = "{progress}:at";

  private final String prefix;

  RedisKey(String name) {
    prefix = name + ":{";
  }

  /** A zset: a ranked list, {@code trending:posts:1h}. */
  public static String trending(String list) {
    return "trending:" + list;
  }

  public String of(Id subject) {
    return prefix + RedisId.write(subject) + "}";
  }

  public String of(Target subject) {
    return prefix + subject.type().label() + ":" + RedisId.write(subject.id()) + "}";
  }

  public String of(String subject) {
    return prefix + subject + "}";
  }

  /** What stands before the subject; behind it is one brace. */
  public String prefix() {
    return prefix;
  }

  /** The pattern that all of these keys match. */
  public String pattern() {
    return of("*");
  }

  /** The subject of a key; empty if it is not one of these. */
  public Optional<String> subject(String key) {
    return key.startsWith(prefix) && key.endsWith("}")
        ? Optional.of(key.substring(prefix.length(), key.length() - 1))
        : Optional.empty();
  }
}
