package com.shareuptime.streams.proof.traffic;

import static com.shareuptime.streams.proof.traffic.SqlValue.ANSWERED;
import static com.shareuptime.streams.proof.traffic.SqlValue.NUMBER;
import static com.shareuptime.streams.proof.traffic.SqlValue.OF_PROFILES;
import static com.shareuptime.streams.proof.traffic.SqlValue.RANGE;
import static com.shareuptime.streams.proof.traffic.SqlValue.TARGET;
import static com.shareuptime.streams.proof.traffic.SqlValue.TEXT;
import static com.shareuptime.streams.proof.traffic.SqlValue.USER;
import static com.shareuptime.streams.proof.traffic.SqlValue.USERNAME;
import static com.shareuptime.streams.proof.traffic.SqlValue.VISIBILITY;

import java.util.Set;

/** The statements that are no {@link Change} of a row which the traffic announces. */
enum OtherStatement {
  SIGN_UP(OF_PROFILES),
  CHANGE_PROFILE(OF_PROFILES),
  DELETE_USER(Set.of(USER)),
  /** Tells the targets of the likes that it takes. */
  TAKE_LIKES(Set.of(USER)),
  CLEAR_LIKES_OF(Set.of(USER)),
  PUBLISH(Set.of(TARGET, USER, VISIBILITY, NUMBER, TEXT)),
  /** A post that answers another and is in no feed. */
  REPLY(Set.of(TARGET, USER, VISIBILITY, NUMBER, TEXT, ANSWERED)),
  /** Tells the id. */
  OWN_USER(Set.of(USERNAME)),
  /** Tells the id. */
  OWN_POST(Set.of(USER)),
  FIRST_USER(Set.of(RANGE)),
  FIRST_POST(Set.of(RANGE)),
  FIRST_REEL(Set.of(RANGE)),
  FIRST_COMMENT(Set.of(RANGE)),
  FIRST_SHARE(Set.of(RANGE));

  private final Set<SqlValue> values;

  OtherStatement(Set<SqlValue> values) {
    this.values = values;
  }

  /** What its values may be. */
  Set<SqlValue> given() {
    return values;
  }
}
