package com.shareuptime.streams.feeds.row;

import static com.shareuptime.streams.cdc.RowReader.positive;

import com.fasterxml.jackson.core.JsonParser;
import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.RowReader;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.source.IsoTime;
import java.io.IOException;
import java.time.DateTimeException;

/** Reads rows of posts, follows and users. Not thread-safe. */
final class FeedRowParser {
  private final RowReader row = new RowReader();
  private final RowReader.Columns columns = this::take;
  private final IdKinds kinds;

  private IdKind kind;
  private Id id;
  private Id authorId;
  private Id followerId;
  private Id followeeId;
  private String visibility;
  private String status;
  private String createdAt;
  private boolean deleted;
  private boolean inFeeds;
  private boolean active;

  FeedRowParser(IdKinds kinds) {
    this.kinds = kinds;
  }

  /**
   * A row of posts.
   *
   * @throws IOException if the record is no such change
   */
  PostRow post(CdcRecord record) throws IOException {
    read(record, kinds.posts());
    boolean exists = row.exists();
    return new PostRow(
        positive(id),
        record.version(),
        exists ? positive(authorId) : PostRow.NOBODY,
        exists ? position() : 0,
        exists && !deleted && inFeeds && isForOthers(),
        row.committedAt());
  }

  private boolean isForOthers() {
    return "public".equals(visibility)
        || "unlisted".equals(visibility)
        || "followers".equals(visibility);
  }

  /**
   * A row of follows.
   *
   * @throws IOException if the record is no such change
   */
  ReaderInput follow(CdcRecord record) throws IOException {
    read(record, kinds.users());
    return new ReaderInput.Follow(
        positive(followerId),
        positive(followeeId),
        record.version(),
        row.exists() && "accepted".equals(status),
        row.committedAt());
  }

  /**
   * A row of users.
   *
   * @throws IOException if the record is no such change
   */
  ReaderInput account(CdcRecord record) throws IOException {
    read(record, kinds.users());
    return new ReaderInput.Account(positive(id), record.version(), row.exists() && active);
  }

  /**
   * @param ids kind of the column id
   */
  private void read(CdcRecord record, IdKind ids) throws IOException {
    kind = ids;
    id = null;
    authorId = null;
    followerId = null;
    followeeId = null;
    visibility = null;
    status = null;
    createdAt = null;
    deleted = false;
    inFeeds = true;
    active = false;
    row.read(record, columns);
  }

  private void take(String column, JsonParser json) throws IOException {
    switch (column) {
      case "id" -> id = kind.read(json);
      case "author_id" -> authorId = kinds.users().read(json);
      case "follower_id" -> followerId = kinds.users().read(json);
      case "followee_id" -> followeeId = kinds.users().read(json);
      case "visibility" -> visibility = json.getText();
      case "status" -> status = json.getText();
      case "created_at" -> createdAt = json.getText();
      case "is_deleted" -> deleted = json.getBooleanValue();
      case "in_feeds" -> inFeeds = json.getBooleanValue();
      case "is_active" -> active = json.getBooleanValue();
      default -> {}
    }
  }

  private long position() throws IOException {
    if (createdAt == null) {
      throw new IOException("the row has no created_at");
    }
    try {
      return Math.min(IsoTime.parseMicros(createdAt), FeedZset.FARTHEST);
    } catch (DateTimeException e) {
      throw new IOException("created_at '" + createdAt + "' is no time", e);
    }
  }
}
