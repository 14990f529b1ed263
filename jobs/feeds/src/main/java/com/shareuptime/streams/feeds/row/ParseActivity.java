package com.shareuptime.streams.feeds.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.json.Json;
import com.shareuptime.streams.source.IsoTime;
import com.shareuptime.streams.source.MessageFunction;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.Reading;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;

/**
 * Reads {@code {"event_id": …, "user_id": 7, "occurred_at"?: …}}. An activity that claims to be
 * later than the broker got it counts from then.
 */
public final class ParseActivity extends MessageFunction<ReaderInput> {
  private static final long serialVersionUID = 1L;

  private final IdKind users;

  private transient ObjectMapper json;

  /**
   * @param job named in dead letters
   * @param users what their ids are
   */
  public ParseActivity(String job, IdKind users) {
    super(job, "malformed-activity");
    this.users = users;
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    json = new ObjectMapper(Json.FACTORY);
  }

  @Override
  protected void read(RawRecord record, Reading<ReaderInput> reading) throws IOException {
    JsonNode event = json.readTree(record.value() == null ? new byte[0] : record.value());
    Id user = user(event.path("user_id"));
    long time = time(event.path("occurred_at"), record);
    reading.collect(ReaderInput.Activity.of(user, time, record.timestamp()));
  }

  private Id user(JsonNode id) throws IOException {
    try {
      return users.read(id);
    } catch (IllegalArgumentException e) {
      throw new IOException("user_id " + e.getMessage(), e);
    }
  }

  private static long time(JsonNode occurredAt, RawRecord record) {
    if (occurredAt.isMissingNode() || occurredAt.isNull()) {
      return record.timestamp();
    }
    return occurredAt.isNumber() ? occurredAt.asLong() : IsoTime.parseMillis(occurredAt.asText());
  }
}
