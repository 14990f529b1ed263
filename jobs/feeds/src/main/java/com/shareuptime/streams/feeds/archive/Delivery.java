package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Every post of {@code posts} was put into the feed of every one of {@code users}.
 *
 * @param place where the record stood in the topic
 * @param author of all the posts
 * @param positions of the posts, in their order: microseconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Delivery(Place place, Id author, Ids posts, long[] positions, Ids users) {

  /** Flink's type of deliveries. */
  public static final TypeInformation<Delivery> TYPE =
      ValueType.of(Delivery.class, new Serializer());

  /** A place in the topic; what is read again has the same. */
  public record Place(int partition, long offset) {}

  public Delivery {
    if (posts.size() != positions.length) {
      throw new IllegalArgumentException(
          posts.size() + " posts cannot have " + positions.length + " positions");
    }
  }

  /** Layout in state. Public, as all of it must be for Flink to make one when it reads state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<Delivery> {}

  /** As the topic spells it, for people who read dead letters. */
  @Override
  public String toString() {
    StringBuilder json = new StringBuilder("{\"author_id\":");
    IdJson.write(author, json);
    json.append(",\"posts\":[");
    for (int i = 0; i < posts.size(); i++) {
      json.append(i == 0 ? "{\"id\":" : ",{\"id\":");
      IdJson.write(posts.get(i), json);
      json.append(",\"at\":").append(positions[i]).append('}');
    }
    json.append("],\"users\":[");
    for (int i = 0; i < users.size(); i++) {
      json.append(i == 0 ? "" : ",");
      IdJson.write(users.get(i), json);
    }
    return json.append("]}").toString();
  }
}
