package com.shareuptime.streams.model;

import static com.shareuptime.streams.model.CanonicalColumn.optional;
import static com.shareuptime.streams.model.CanonicalColumn.optionalLike;
import static com.shareuptime.streams.model.CanonicalColumn.required;

import com.shareuptime.streams.model.CanonicalColumn.Role;
import java.util.List;
import java.util.Locale;

/** What a view of a model stands for: the name decides, and every other name is a counter. */
public enum EntityKind {
  USERS(
      "user",
      true,
      List.of(
          required("id", Role.ID),
          required("username", Role.TEXT),
          optionalLike("display_name", Role.TEXT, "username"),
          optional("avatar_url", Role.TEXT, null),
          optional("is_verified", Role.FLAG, "false"),
          optional("is_active", Role.FLAG, "true"),
          optional("is_private", Role.FLAG, "false"),
          optional("last_active_at", Role.TIME, null),
          optional("created_at", Role.TIME, null))),
  POSTS(
      "post",
      true,
      List.of(
          required("id", Role.ID),
          required("author_id", Role.USER),
          required("content", Role.TEXT),
          optional("visibility", Role.WORD, "'public'"),
          optional("is_deleted", Role.FLAG, "false"),
          optional("in_feeds", Role.FLAG, "true"),
          required("created_at", Role.TIME),
          optionalLike("updated_at", Role.TIME, "created_at"))),
  REELS(
      "reel",
      false,
      List.of(
          required("id", Role.ID),
          required("author_id", Role.USER),
          required("caption", Role.TEXT),
          optional("visibility", Role.WORD, "'public'"),
          optional("is_deleted", Role.FLAG, "false"),
          required("created_at", Role.TIME),
          optionalLike("updated_at", Role.TIME, "created_at"))),
  FOLLOWS(
      "follow",
      true,
      List.of(
          required("follower_id", Role.USER),
          required("followee_id", Role.USER),
          optional("status", Role.WORD, "'accepted'"),
          optional("created_at", Role.TIME, null))),
  COUNTER(null, false, List.of());

  /** A counter's columns may call the user either. */
  static final List<String> ACTORS = List.of("user_id", "author_id");

  private final String singular;
  private final boolean mandatory;
  private final List<CanonicalColumn> columns;

  EntityKind(String singular, boolean mandatory, List<CanonicalColumn> columns) {
    this.singular = singular;
    this.mandatory = mandatory;
    this.columns = columns;
  }

  static EntityKind ofView(String name) {
    for (EntityKind kind : values()) {
      if (kind != COUNTER && kind.view().equals(name)) {
        return kind;
      }
    }
    return COUNTER;
  }

  /** The name of the view, but for counters. */
  String view() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What one row is called as a target; null for counters, which have names of their own. */
  String singular() {
    return singular;
  }

  boolean isMandatory() {
    return mandatory;
  }

  /**
   * All columns in their order.
   *
   * @param actor what a counter calls the user
   */
  List<CanonicalColumn> columns(String actor) {
    return this != COUNTER
        ? columns
        : List.of(
            optional("id", Role.ID, null),
            required("target_type", Role.WORD),
            required("target_id", Role.TARGET),
            optional(actor, Role.USER, null),
            optional("content", Role.TEXT, null),
            optional("amount", Role.AMOUNT, "1"),
            optional("is_deleted", Role.FLAG, "false"),
            optional("created_at", Role.TIME, null));
  }
}
