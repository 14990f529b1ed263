package com.shareuptime.streams.proof.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.local.odd.OddRecords;
import com.shareuptime.streams.proof.check.DeadLetters;
import com.shareuptime.streams.proof.check.DeadLetters.Origin;
import com.shareuptime.streams.proof.server.KafkaClients;
import com.shareuptime.streams.proof.site.Site;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends odd records, and looks for what became of them. Not thread-safe. */
final class PoisonRecords implements AutoCloseable {
  private static final List<String> EVENT_TOPICS =
      Stream.concat(
              CountedView.CANONICAL.stream().map(CountedView::eventsTopic),
              Stream.of("user-activity"))
          .toList();

  /** Nobody but ingest writes there, so nothing comes that could be taken for a row. */
  private static final List<String> ROW_TOPICS =
      Topics.entities(List.of()).stream().map(table -> "cdc." + table).toList();

  private static final int MOST_GARBAGE_BYTES = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofSeconds(2);

  /** Takes all that is JSON, however deep or long. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(Integer.MAX_VALUE)
                      .maxNumberLength(Integer.MAX_VALUE)
                      .build())
              .build());

  private final Random random;
  private final OddRecords odd;
  private final Set<Id> growing;
  private final Producer<byte[], byte[]> producer;
  private final DeadLetters letters;
  private final Set<Origin> sent = new HashSet<>();

  /** Those that cannot take effect. */
  private final Set<Origin> garbage = new HashSet<>();

  PoisonRecords(Site site, long seed) {
    random = new Random(seed);
    odd = new OddRecords(seed);
    growing =
        site.simulator().growing().stream().map(Target::id).collect(Collectors.toUnmodifiableSet());
    producer = KafkaClients.promptProducer(site.addresses().kafkaBootstrap());
    letters = new DeadLetters(site.addresses().kafkaBootstrap());
  }

  void send() throws InterruptedException {
    boolean event = random.nextInt(4) > 0;
    String topic = any(event ? EVENT_TOPICS : ROW_TOPICS);
    byte[] value = event ? event(topic) : garbage();
    RecordMetadata at = send(new ProducerRecord<>(topic, garbage(), value));
    Origin origin = new Origin(topic, at.partition(), at.offset());
    sent.add(origin);
    if (value == null || !isObject(value)) {
      garbage.add(origin);
    }
  }

  private RecordMetadata send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
    try {
      return producer.send(record).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka refused an odd record: " + e.getCause(), e);
    }
  }

  /** Of nobody's like: who watches the counts of what only grows must see nothing of it. */
  private byte[] event(String topic) {
    String event =
        topic.equals("user-activity")
            ? "{'event_id':'odd-%1$d','user_id':%2$d,'occurred_at':'%3$s'}"
            : "{'event_id':'odd-%1$d','type':'like','action':'create','target':'post',"
                + "'target_id':%2$d,'actor_id':7,'occurred_at':'%3$s'}";
    byte[] value;
    do {
      value = odd.odd(event.formatted(random.nextLong(), Long.MAX_VALUE - 7, Instant.now()));
    } while (value != null && isObject(value) && growing.contains(target(value)));
    return value;
  }

  private byte[] garbage() {
    byte[] bytes = new byte[1 + random.nextInt(MOST_GARBAGE_BYTES)];
    random.nextBytes(bytes);
    bytes[0] = 'x'; // no JSON begins so
    return bytes;
  }

  private String any(List<String> topics) {
    return topics.get(random.nextInt(topics.size()));
  }

  /**
   * Returns how many have become dead letters; the others have taken effect, of which the
   * comparison with the tables tells whether it was right.
   *
   * @throws IllegalStateException if something that cannot take effect is not among them
   */
  String requireAccounted() {
    Set<Origin> missing = new HashSet<>(garbage);
    Set<Origin> found = new HashSet<>();
    letters.readUntil(
        missing::isEmpty,
        PATIENCE,
        QUIET,
        letter -> {
          missing.remove(letter.origin());
          if (sent.contains(letter.origin())) {
            found.add(letter.origin());
          }
        });
    if (!missing.isEmpty()) {
      throw new IllegalStateException("Neither read nor among the dead letters: " + missing);
    }
    return "%d odd records, %d of them dead letters".formatted(sent.size(), found.size());
  }

  private static boolean isObject(byte[] value) {
    try {
      return JSON.readTree(value).isObject();
    } catch (IOException e) {
      return false;
    }
  }

  private static Id target(byte[] value) {
    try {
      JsonNode id = JSON.readTree(value).path("target_id");
      return Id.of(id.asLong());
    } catch (IOException e) {
      throw new IllegalArgumentException(new String(value, UTF_8), e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
    letters.close();
  }
}
