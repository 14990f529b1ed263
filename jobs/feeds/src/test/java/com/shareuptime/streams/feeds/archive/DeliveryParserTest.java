package com.shareuptime.streams.feeds.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.feed.Posts;
import com.shareuptime.streams.feeds.sink.DeliveryRecords;
import com.shareuptime.streams.testing.DrawnIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryParserTest {
  private static final Delivery.Place PLACE = new Delivery.Place(3, 1L << 40);
  private static final String DELIVERY =
      "{\"author_id\":9,\"posts\":[{\"id\":1,\"at\":1700000000000001},{\"id\":9223372036854775807,\"at\":1700000000000002}],\"users\":[7,8]}";

  private final DeliveryParser parser = new DeliveryParser(IdKinds.NUMBERS);

  private Delivery parse(String json) throws IOException {
    return parser.parse(PLACE, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aDeliveryIsReadAsItWasSent() throws Exception {
    Delivery delivery = parse(DELIVERY);
    assertThat(delivery.place()).isEqualTo(PLACE);
    assertThat(delivery.author()).isEqualTo(Id.of(9));
    assertThat(delivery.posts()).containsExactly(Id.of(1), Id.of(Long.MAX_VALUE));
    assertThat(delivery.positions()).containsExactly(1700000000000001L, 1700000000000002L);
    assertThat(delivery.users()).containsExactly(Id.of(7), Id.of(8));
    assertThat(delivery).hasToString(DELIVERY);
  }

  @Test
  void whatALaterBuildAddsIsIgnored() throws Exception {
    assertThat(
            parse(
                "{\"why\":{\"users\":[1]},\"users\":[7],\"posts\":[{\"at\":5,\"likes\":[],\"id\":1}],\"author_id\":9}"))
        .hasToString("{\"author_id\":9,\"posts\":[{\"id\":1,\"at\":5}],\"users\":[7]}");
  }

  @Test
  void oneDeliveryLeavesNothingForTheNext() throws Exception {
    parse(DELIVERY);
    assertThatThrownBy(() -> parse("{\"author_id\":9,\"users\":[7]}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("posts");
    assertThatThrownBy(() -> parse("{\"posts\":[{\"id\":1,\"at\":5}],\"users\":[7]}"))
        .hasMessageContaining("author_id");
  }

  @Test
  void manyUsersAreAllRead() throws Exception {
    StringBuilder json =
        new StringBuilder("{\"author_id\":9,\"posts\":[{\"id\":1,\"at\":5}],\"users\":[1");
    for (int user = 2; user <= 5000; user++) {
      json.append(',').append(user);
    }
    assertThat(parse(json.append("]}").toString()).users()).hasSize(5000).doesNotContain(Id.of(0));
  }

  /** What the feeds job sends, the archive reads. */
  @ParameterizedTest
  @EnumSource
  void idsAreReadAsTheyWereSent(DrawnIds ids) throws Exception {
    var push =
        new FeedWrite.Push(
            ids.of(9),
            new Posts(Ids.of(ids.of(5), ids.of(6)), new long[] {2, 1}),
            ids.of(LongStream.rangeClosed(1, 700)));
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    new DeliveryRecords().of(List.of(push), records::add);
    assertThat(records).hasSize(2);
    DeliveryParser ofKind = new DeliveryParser(ids.kinds());
    Ids.Builder users = new Ids.Builder();
    for (ProducerRecord<byte[], byte[]> record : records) {
      assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo(ids.of(9).toString());
      Delivery delivery = ofKind.parse(PLACE, record.value());
      assertThat(delivery.author()).isEqualTo(ids.of(9));
      assertThat(delivery.posts()).containsExactly(ids.of(5), ids.of(6));
      users.addAll(delivery.users());
    }
    assertThat(users.build()).isEqualTo(push.users());
    for (DrawnIds others : DrawnIds.values()) {
      if (others == ids || others == DrawnIds.TEXTS) {
        continue;
      }
      assertThatThrownBy(
              () -> new DeliveryParser(others.kinds()).parse(PLACE, records.get(0).value()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void usersAndPostsMayHaveIdsOfTwoKinds() throws Exception {
    String json = "{\"author_id\":\"9\",\"posts\":[{\"id\":1,\"at\":5}],\"users\":[\"7\"]}";
    var mixed = new DeliveryParser(new IdKinds(IdKind.TEXT, IdKind.NUMBER, IdKind.NUMBER));
    assertThat(mixed.parse(PLACE, json.getBytes(StandardCharsets.UTF_8))).hasToString(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "{\"author_id\":9",
        "{\"author_id\":9}",
        "{\"author_id\":9,\"posts\":[],\"users\":[7]}",
        "{\"author_id\":9,\"posts\":[{\"id\":1,\"at\":5}],\"users\":[]}",
        "{\"author_id\":9,\"posts\":[{\"id\":1}],\"users\":[7]}",
        "{\"author_id\":9,\"posts\":[{\"id\":1,\"at\":5.5}],\"users\":[7]}",
        "{\"author_id\":9,\"posts\":[1],\"users\":[7]}",
        "{\"author_id\":9,\"posts\":{\"id\":1,\"at\":5},\"users\":[7]}",
        "{\"author_id\":\"9\",\"posts\":[{\"id\":1,\"at\":5}],\"users\":[7]}",
        "{\"author_id\":-9,\"posts\":[{\"id\":1,\"at\":5}],\"users\":[7]}",
        "{\"author_id\":9,\"posts\":[{\"id\":1,\"at\":5}],\"users\":[7,null]}",
        "{\"author_id\":9,\"posts\":[{\"id\":1,\"at\":5}],\"users\":[7,9223372036854775808]}",
        "{\"author_id\":9,\"posts\":[{\"id\":1,\"at\":5}],\"users\":[7",
        "{\"author_id\":9,\"posts\":[{\"id\":1,\"at\":5}],\"users\":[7]}{}",
      })
  void whatIsNoDeliveryIsRefused(String json) {
    assertThatThrownBy(() -> parse(json)).isInstanceOf(IOException.class);
  }

  @Test
  void aRecordWithoutValueIsRefused() {
    assertThatThrownBy(() -> parser.parse(PLACE, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no heartbeat");
  }

  @Test
  void aDeliveryComesBackFromStateAsItWent() throws Exception {
    Delivery delivery = parse(DELIVERY);
    var serializer = new Delivery.Serializer();
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(delivery, out);
    Delivery back = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    assertThat(back).hasToString(DELIVERY);
    assertThat(back.place()).isEqualTo(PLACE);
  }
}
