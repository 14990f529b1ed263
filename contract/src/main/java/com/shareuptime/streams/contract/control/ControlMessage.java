package com.shareuptime.streams.contract.control;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.Target;
import java.util.List;

/** What a job is asked over the topic {@code pipeline-control}. */
public sealed interface ControlMessage {
  String TOPIC = "pipeline-control";

  String COUNTERS = "counters";
  String FEEDS = "feeds";
  String SEARCH = "search";

  /** The job that is asked; others pass the message over. */
  String job();

  /** Key of the record: what the message is about. */
  String key();

  /** Value of the record. */
  default String json() {
    return ControlJson.write(this);
  }

  /** Asks the feeds job to write what Redis should hold again, from its state. */
  sealed interface Rebuild extends ControlMessage {
    @Override
    default String job() {
      return FEEDS;
    }
  }

  /** Of a user: the feed, and whom it pulls. */
  record RebuildFeed(Id user) implements Rebuild {
    @Override
    public String key() {
      return "user:" + user;
    }
  }

  /** Of an author: the timeline. */
  record RebuildTimeline(Id author) implements Rebuild {
    @Override
    public String key() {
      return "author:" + author;
    }
  }

  /**
   * Asks to write what the job knows of a target again.
   *
   * @param job {@link #COUNTERS} or {@link #SEARCH}
   */
  record Refresh(String job, Target target) implements ControlMessage {
    @Override
    public String key() {
      return target.key();
    }
  }

  /**
   * Tells the counters job what the tables say. It has no effect if the counters were written
   * since.
   *
   * @param ifVersion of the write that was compared with the tables
   * @param truth null where the tables have no row of the target
   * @param found what that write had; null if it is not known
   * @param counters that these are of
   */
  record Correct(
      Target target, long ifVersion, Counts truth, Counts found, List<CountedView> counters)
      implements ControlMessage {
    @Override
    public String job() {
      return COUNTERS;
    }

    @Override
    public String key() {
      return target.key();
    }
  }

  /**
   * Tells the search job a row as its table has it, whole, where its change was not whole in its
   * topic. It completes what is known of that change, and has no effect once a later one is known.
   */
  sealed interface Fill extends ControlMessage {
    /** The row's. */
    Id id();

    /** That of the change, as the header of its record has it. */
    String version();

    @Override
    default String job() {
      return SEARCH;
    }

    @Override
    default String key() {
      return "{\"id\":" + IdJson.node(id()) + "}";
    }
  }

  /**
   * A post or reel.
   *
   * @param deleted softly
   * @param createdAt epoch microseconds
   * @param updatedAt epoch microseconds
   */
  record FillDocument(
      Target target,
      String version,
      Id author,
      boolean deleted,
      String visibility,
      String text,
      long createdAt,
      long updatedAt)
      implements Fill {
    @Override
    public Id id() {
      return target.id();
    }
  }

  /**
   * A user.
   *
   * @param isPrivate whether posts are for followers at most
   * @param avatarUrl may be null
   */
  record FillAuthor(
      Id id,
      String version,
      boolean active,
      boolean isPrivate,
      boolean verified,
      String username,
      String displayName,
      String avatarUrl)
      implements Fill {}
}
