package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.Id;
import java.util.List;
import java.util.OptionalLong;

/**
 * How far down Redis answered for a user.
 *
 * @param bound every post above this position (epoch microseconds) came from Redis; empty where it
 *     could not be used
 * @param pulled the authors whose timelines were read, ascending
 * @param missing those of them that have no complete timeline, ascending
 */
public record Completeness(State state, OptionalLong bound, List<Id> pulled, List<Id> missing) {
  /** What Redis has for the user. */
  public enum State {
    /** A feed, and the timeline of everyone who is pulled. */
    COMPLETE,
    /** No feed: the user is inactive, or it is about to be built. */
    NO_FEED,
    /** A feed, but an author who is pulled has no timeline. */
    NO_TIMELINE,
    /** No answer, or one that makes no sense. */
    UNREACHABLE,
    /** Not asked: this reader has no Redis. */
    UNUSED
  }

  public Completeness {
    pulled = List.copyOf(pulled);
    missing = List.copyOf(missing);
  }

  static Completeness none(State state) {
    return new Completeness(state, OptionalLong.empty(), List.of(), List.of());
  }

  public boolean isComplete() {
    return state == State.COMPLETE;
  }
}
