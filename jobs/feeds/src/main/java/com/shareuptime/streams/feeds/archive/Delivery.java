package com.shareuptime.streams.feeds.archive;

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
public record Delivery(Place place, long author, long[] posts, long[] positions, long[] users) {

  /** Flink's type of deliveries. */
  public static final TypeInformation<Delivery> TYPE =
      ValueType.of(Delivery.class, new Serializer());

  /** A place in the topic; what is read again has the same. */
  public record Place(int partition, long offset) {}

  public Delivery {
    if (posts.length != positions.length) {
      throw new IllegalArgumentException(
          posts.length + " posts cannot have " + positions.length + " positions");
    }
  }

  /** Layout in state. Public, as all of it must be for Flink to make one when it reads state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<Delivery> {}

  /** As the topic spells it, for people who read dead letters. */
  @Override
  public String toString() {
    StringBuilder json = new StringBuilder("{\"author_id\":").append(author).append(",\"posts\":[");
    for (int i = 0; i < posts.length; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"id\":")
          .append(posts[i])
          .append(",\"at\":")
          .append(positions[i])
          .append('}');
    }
    json.append("],\"users\":[");
    for (int i = 0; i < users.length; i++) {
      json.append(i == 0 ? "" : ",").append(users[i]);
    }
    return json.append("]}").toString();
  }
}
