package com.shareuptime.streams.archive.letter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.deadletter.DeadLetterRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LetterDocumentTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aLetterIsFoundByAllThatItSays() throws Exception {
    byte[] value = "{\"post_id\":42".getBytes(StandardCharsets.UTF_8);
    byte[] key = "post:42".getBytes(StandardCharsets.UTF_8);
    DeadLetter letter =
        new DeadLetter(
            value, key, "malformed-json", "counters", "likes-events", 3, 9, 1_000, "no end");
    ProducerRecord<byte[], byte[]> sent = new DeadLetterRecord().serialize(letter, null, null);

    LetterDocument document = LetterDocument.of(received(sent.key(), sent.value(), sent.headers()));

    assertThat(document.id()).isEqualTo("2-117");
    assertThat(JSON.readTree(document.json()))
        .isEqualTo(
            JSON.readTree(
                """
                {"failed_at": 1000, "reason": "malformed-json", "job": "counters",
                 "topic": "likes-events", "detail": "no end", "partition": 3, "offset": 9,
                 "full_length": null, "key": "post:42", "value": "{\\"post_id\\":42"}
                """));
  }

  @Test
  void aRecordThatIsNoLetterIsADocumentAllTheSame() throws Exception {
    RecordHeaders headers = new RecordHeaders();
    headers.add("partition", "many".getBytes(StandardCharsets.UTF_8));
    headers.add("reason", null);
    headers.add("offset", new byte[] {(byte) 0xff, 0});
    byte[] large = new byte[1 << 20];
    Arrays.fill(large, (byte) 0xf0); // the beginning of a character, over and over

    JsonNode empty = JSON.readTree(LetterDocument.of(received(null, null, headers)).json());
    JsonNode full = JSON.readTree(LetterDocument.of(received(large, large, headers)).json());

    assertThat(empty.path("partition").isNull()).isTrue();
    assertThat(empty.path("value").isNull()).isTrue();
    assertThat(full.path("value").asText()).hasSize(32 << 10);
  }

  @Test
  void flinkKnowsItsFields() {
    assertThat(LetterDocument.TYPE).isInstanceOf(PojoTypeInfo.class);
  }

  private static ConsumerRecord<byte[], byte[]> received(
      byte[] key, byte[] value, Headers headers) {
    return new ConsumerRecord<>(
        "dead-letters",
        2,
        117,
        1_000,
        TimestampType.CREATE_TIME,
        0,
        0,
        key,
        value,
        headers,
        Optional.empty());
  }
}
