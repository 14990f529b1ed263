package com.shareuptime.streams.feeds.sink;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.feed.Posts;
import com.shareuptime.streams.sink.kafka.TopicWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
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

  /** A post and the sets of users that it goes to. */
  private record Single(Id author, Posts post, List<Ids> users) {
    boolean isOf(FeedWrite.Push push) {
      return author.equals(push.author()) && post.positions()[0] == push.posts().positions()[0];
    }
  }

  @Override
  public void of(List<FeedWrite.Push> batch, Consumer<ProducerRecord<byte[], byte[]>> send) {
    Map<Id, Single> newestById = new HashMap<>();
    List<Single> singles = new ArrayList<>();
    for (FeedWrite.Push push : batch) {
      Posts posts = push.posts();
      if (posts.size() > 1) {
        send(push.author(), posts, List.of(push.users()), send);
        continue;
      }
      Single single = newestById.get(posts.ids().get(0));
      if (single == null || !single.isOf(push)) {
        single = new Single(push.author(), posts, new ArrayList<>());
        newestById.put(posts.ids().get(0), single);
        singles.add(single);
      }
      single.users.add(push.users());
    }
    for (Single single : singles) {
      send(single.author, single.post, single.users, send);
    }
  }

  private static void send(
      Id author, Posts posts, List<Ids> users, Consumer<ProducerRecord<byte[], byte[]>> send) {
    StringBuilder head = new StringBuilder(64);
    head.append("{\"author_id\":");
    IdJson.write(author, head);
    head.append(",\"posts\":[");
    for (int i = 0; i < posts.size(); i++) {
      head.append(i == 0 ? "{\"id\":" : ",{\"id\":");
      IdJson.write(posts.ids().get(i), head);
      head.append(",\"at\":").append(posts.positions()[i]).append('}');
    }
    head.append("],\"users\":[");
    StringBuilder record = new StringBuilder(head);
    int inRecord = 0;
    for (Ids some : users) {
      for (Id user : some) {
        if (inRecord == USERS_A_RECORD) {
          send.accept(record(author, record));
          record = new StringBuilder(head);
          inRecord = 0;
        }
        record.append(inRecord == 0 ? "" : ",");
        IdJson.write(user, record);
        inRecord++;
      }
    }
    send.accept(record(author, record));
  }

  private static ProducerRecord<byte[], byte[]> record(Id author, StringBuilder json) {
    return new ProducerRecord<>(
        TOPIC,
        author.toString().getBytes(StandardCharsets.UTF_8),
        json.append("]}").toString().getBytes(StandardCharsets.UTF_8));
  }
}
