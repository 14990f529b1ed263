package com.shareuptime.streams.feeds.sink;

import com.shareuptime.streams.feeds.fanout.Posts;
import com.shareuptime.streams.sink.kafka.TopicWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Deliveries as records of the topic {@code feed-deliveries}, keyed by author: {@code
 * {"author_id":9,"posts":[{"id":1,"at":…}],"users":[7,8]}}, where each post went to each user. The
 * users of one post that come in one batch share a record.
 */
public final class DeliveryRecords implements TopicWriter.Records<FeedWrite.Push> {
  private static final long serialVersionUID = 1L;

  /** The topic. */
  public static final String TOPIC = "feed-deliveries";

  /** Keeps a record below some ten kilobytes. */
  private static final int USERS_A_RECORD = 512;

  private record Post(long author, long id, long position) {}

  @Override
  public void of(List<FeedWrite.Push> batch, Consumer<ProducerRecord<byte[], byte[]>> send) {
    Map<Post, List<long[]>> single = new LinkedHashMap<>();
    for (FeedWrite.Push push : batch) {
      Posts posts = push.posts();
      if (posts.size() == 1) {
        Post post = new Post(push.author(), posts.ids()[0], posts.positions()[0]);
        single.computeIfAbsent(post, any -> new ArrayList<>()).add(push.users());
      } else {
        send(push.author(), posts, List.of(push.users()), send);
      }
    }
    single.forEach(
        (post, users) -> send(post.author, Posts.of(post.id, post.position), users, send));
  }

  private static void send(
      long author, Posts posts, List<long[]> users, Consumer<ProducerRecord<byte[], byte[]>> send) {
    StringBuilder head = new StringBuilder(64);
    head.append("{\"author_id\":").append(author).append(",\"posts\":[");
    for (int i = 0; i < posts.size(); i++) {
      head.append(i == 0 ? "{\"id\":" : ",{\"id\":").append(posts.ids()[i]);
      head.append(",\"at\":").append(posts.positions()[i]).append('}');
    }
    head.append("],\"users\":[");
    StringBuilder record = new StringBuilder(head);
    int inRecord = 0;
    for (long[] some : users) {
      for (long user : some) {
        if (inRecord == USERS_A_RECORD) {
          send.accept(record(author, record));
          record = new StringBuilder(head);
          inRecord = 0;
        }
        record.append(inRecord == 0 ? "" : ",").append(user);
        inRecord++;
      }
    }
    send.accept(record(author, record));
  }

  private static ProducerRecord<byte[], byte[]> record(long author, StringBuilder json) {
    return new ProducerRecord<>(
        TOPIC,
        Long.toString(author).getBytes(StandardCharsets.US_ASCII),
        json.append("]}").toString().getBytes(StandardCharsets.US_ASCII));
  }
}
