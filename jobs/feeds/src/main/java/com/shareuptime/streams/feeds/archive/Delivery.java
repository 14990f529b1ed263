package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

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

  /**
   * Layout in state: version byte, place, author, then the arrays with their lengths. Public, as
   * all of it must be for Flink to make one when it reads state.
   */
  public static final class Serializer extends ValueSerializer<Delivery> {
    private static final int LAYOUT = 1;

    @Override
    protected void write(Delivery delivery, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeInt(delivery.place.partition());
      out.writeLong(delivery.place.offset());
      out.writeLong(delivery.author);
      write(delivery.posts, out);
      write(delivery.positions, out);
      write(delivery.users, out);
    }

    private static void write(long[] numbers, DataOutputView out) throws IOException {
      out.writeInt(numbers.length);
      for (long number : numbers) {
        out.writeLong(number);
      }
    }

    @Override
    protected Delivery read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      return new Delivery(
          new Place(in.readInt(), in.readLong()),
          in.readLong(),
          numbers(in),
          numbers(in),
          numbers(in));
    }

    private static long[] numbers(DataInputView in) throws IOException {
      long[] numbers = new long[in.readInt()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.readLong();
      }
      return numbers;
    }
  }

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
