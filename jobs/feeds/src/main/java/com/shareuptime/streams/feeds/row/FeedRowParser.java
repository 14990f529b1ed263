package com.shareuptime.streams.feeds.row;

import static com.shareuptime.streams.cdc.RowReader.positive;

import com.fasterxml.jackson.core.JsonParser;
import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.RowReader;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.source.IsoTime;
import java.io.IOException;
import java.time.DateTimeException;

/** Reads rows of posts, follows and users. Not thread-safe. */
final class FeedRowParser {
  private final RowReader row = new RowReader();
  private final RowReader.Columns columns = this::take;

  private Id id;
  private Id authorId;
  private Id followerId;
  private Id followeeId;
  private String visibility;
  private String status;
  private String createdAt;
  private boolean deleted;
  private boolean active;

  /**
   * A row of posts.
   *
   * @throws IOException if the record is no such change
   */
  PostRow post(CdcRecord record) throws IOException {
    read(record);
    boolean exists = row.exists();
    return new PostRow(
        positive(id),
        record.version(),
        exists ? positive(authorId) : PostRow.NOBODY,
        exists ? position() : 0,
        exists && !deleted && ("public".equals(visibility) || "followers".equals(visibility)),
        row.committedAt());
  }

  /**
   * A row of follows.
   *
   * @throws IOException if the record is no such change
   */
  ReaderInput follow(CdcRecord record) throws IOException {
    read(record);
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
    read(record);
    return new ReaderInput.Account(positive(id), record.version(), row.exists() && active);
  }

  private void read(CdcRecord record) throws IOException {
    id = null;
    authorId = null;
    followerId = null;
    followeeId = null;
    visibility = null;
    status = null;
    createdAt = null;
    deleted = false;
    active = false;
    row.read(record, columns);
  }

  private void take(String column, JsonParser json) throws IOException {
    switch (column) {
      case "id" -> id = IdJson.read(json);
      case "author_id" -> authorId = IdJson.read(json);
      case "follower_id" -> followerId = IdJson.read(json);
      case "followee_id" -> followeeId = IdJson.read(json);
      case "visibility" -> visibility = json.getText();
      case "status" -> status = json.getText();
      case "created_at" -> createdAt = json.getText();
      case "is_deleted" -> deleted = json.getBooleanValue();
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
