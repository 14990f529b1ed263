import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends app events, as docs/sending-events.md describes them. Try it on a local stack, from the project's root; a
 * service needs the artifact org.apache.kafka:kafka-clients alone:
 *
 * <pre>
 * eval "$(./streams env)"
 * java -cp 'local/servers/kafka/target/lib/*' examples/send-events/java/SendEvents.java \
 *     "$KAFKA_BOOTSTRAP" comment create post 42 7
 * java -cp 'local/servers/kafka/target/lib/*' examples/send-events/java/SendEvents.java \
 *     "$KAFKA_BOOTSTRAP" active 7
 * </pre>
 */
public final class SendEvents implements AutoCloseable {
  private static final Map<String, String> TOPICS =
      Map.of("like", "likes-events", "comment", "comments-events", "share", "shares-events");

  private final Producer<String, String> producer;

  public SendEvents(String bootstrap) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("acks", "all");
    producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  /**
   * One event for one commit. Make it once, and send the same one again if sending fails: its id is how a repeat is
   * known.
   */
  public static ProducerRecord<String, String> counterEvent(
      String type, String action, String target, long targetId, long actorId, Instant occurredAt) {
    String value =
        """
        {"event_id":"%s","type":"%s","action":"%s","target":"%s","target_id":%d,"actor_id":%d,"occurred_at":"%s"}"""
            .formatted(UUID.randomUUID(), type, action, target, targetId, actorId, occurredAt);
    return new ProducerRecord<>(TOPICS.get(type), target + ":" + targetId, value);
  }

  public static ProducerRecord<String, String> activity(long userId, Instant occurredAt) {
    String value =
        """
        {"event_id":"%s","user_id":%d,"occurred_at":"%s"}"""
            .formatted(UUID.randomUUID(), userId, occurredAt);
    return new ProducerRecord<>("user-activity", Long.toString(userId), value);
  }

  /** Call it after the commit, never before. All brokers in sync have the event when the answer is there. */
  public Future<RecordMetadata> send(ProducerRecord<String, String> event) {
    return producer.send(event);
  }

  @Override
  public void close() {
    producer.close();
  }

  public static void main(String[] arguments) throws Exception {
    ProducerRecord<String, String> event =
        arguments[1].equals("active")
            ? activity(Long.parseLong(arguments[2]), Instant.now())
            : counterEvent(
                arguments[1],
                arguments[2],
                arguments[3],
                Long.parseLong(arguments[4]),
                Long.parseLong(arguments[5]),
                Instant.now());
    try (SendEvents sender = new SendEvents(arguments[0])) {
      sender.send(event).get();
      System.out.println(event.topic() + " " + event.key() + " " + event.value());
    }
  }
}
