package com.shareuptime.streams.archive.letter;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A dead letter as it is searched. Every record of the topic becomes one, whoever wrote it: a
 * letter about a letter would have no end. Headers that are missing or no numbers are left out.
 *
 * @param id where the letter is in the topic {@code dead-letters}: {@code partition-offset}
 */
public record LetterDocument(String id, String json) {
  /** Flink's type of these documents. */
  public static final TypeInformation<LetterDocument> TYPE =
      TypeInformation.of(LetterDocument.class);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TEXTS = List.of("reason", "job", "topic", "detail");
  private static final List<String> NUMBERS = List.of("partition", "offset", "full-length");

  /** So much of a key or value can be searched, in bytes; the topic has all of it. */
  private static final int SEARCHED = 32 << 10;

  static LetterDocument of(ConsumerRecord<byte[], byte[]> record) {
    ObjectNode json = JSON.createObjectNode();
    json.put("failed_at", record.timestamp());
    TEXTS.forEach(name -> json.put(name, header(record, name)));
    NUMBERS.forEach(name -> json.put(name.replace('-', '_'), number(header(record, name))));
    json.put("key", text(record.key()));
    json.put("value", text(record.value()));
    return new LetterDocument(record.partition() + "-" + record.offset(), json.toString());
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : text(header.value());
  }

  private static Long number(String text) {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String text(byte[] bytes) {
    return bytes == null
        ? null
        : new String(bytes, 0, Math.min(bytes.length, SEARCHED), StandardCharsets.UTF_8);
  }
}
