package com.shareuptime.streams.cli.tail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.Id;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Picks from the records of some topics what concerns somebody. */
public abstract class RecordFilter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> topics;
  private final Instant since;

  /**
   * @param since records of these topics are wanted from then on
   */
  protected RecordFilter(Set<String> topics, Instant since) {
    this.topics = topics;
    this.since = since;
  }

  final Set<String> topics() {
    return topics;
  }

  public final Instant since() {
    return since;
  }

  /** Takes a record; those of one partition come in its order. */
  protected abstract void see(ConsumerRecord<byte[], byte[]> record);

  /** A record as JSON; nothing of one that is none: whoever reads the topic has a dead letter. */
  protected static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
    try {
      return JSON.readTree(record.value() == null ? new byte[0] : record.value());
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  /** Whether a field of a record is an id; a UUID in any case. */
  protected static boolean isId(JsonNode field, Id id) {
    String text = field.asText();
    if (id.isNumber()) {
      return field.isIntegralNumber() && text.equals(id.toString());
    }
    return field.isTextual()
        && (id.isUuid() ? text.equalsIgnoreCase(id.toString()) : text.equals(id.toString()));
  }
}
