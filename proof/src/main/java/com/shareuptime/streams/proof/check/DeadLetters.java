package com.shareuptime.streams.proof.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.shareuptime.streams.proof.server.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The topic {@code dead-letters}, read a piece at a time. Not thread-safe. */
public final class DeadLetters implements AutoCloseable {
  private static final String TOPIC = "dead-letters";

  /** Where a record was before it was found to be bad. */
  public record Origin(String topic, int partition, long offset) {}

  public record DeadLetter(String reason, Origin origin, String detail) {}

  private final Consumer<byte[], byte[]> consumer;

  /** From its beginning. */
  public DeadLetters(String bootstrap) {
    this(KafkaClients.consumer(bootstrap, TOPIC));
    consumer.seekToBeginning(consumer.assignment());
  }

  private DeadLetters(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** What comes from now on. */
  static DeadLetters fromNow(String bootstrap) {
    DeadLetters letters = new DeadLetters(KafkaClients.consumer(bootstrap, TOPIC));
    letters.consumer.seekToEnd(letters.consumer.assignment());
    // asked for now: else it would be the end of when it is read first
    letters.consumer.assignment().forEach(letters.consumer::position);
    return letters;
  }

  /**
   * Reads until something has been found, or for so long, and in any case until nothing more comes.
   *
   * @param quiet how long nothing has come then
   */
  public void readUntil(
      BooleanSupplier isFound,
      Duration patience,
      Duration quiet,
      java.util.function.Consumer<DeadLetter> reader) {
    long deadline = System.nanoTime() + patience.toNanos();
    List<DeadLetter> news;
    do {
      news = poll(quiet);
      news.forEach(reader);
    } while (!news.isEmpty() || (!isFound.getAsBoolean() && System.nanoTime() < deadline));
  }

  /** What has come since the last call, as soon as there is something, or nothing in time. */
  public List<DeadLetter> poll(Duration patience) {
    List<DeadLetter> letters = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(patience)) {
      letters.add(
          new DeadLetter(
              header(letter, "reason"),
              new Origin(
                  header(letter, "topic"),
                  Integer.parseInt(header(letter, "partition")),
                  Long.parseLong(header(letter, "offset"))),
              header(letter, "detail")));
    }
    return letters;
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    if (header == null) {
      throw new IllegalStateException(
          "The dead letter at %s-%d@%d has no header '%s', which the contract demands"
              .formatted(letter.topic(), letter.partition(), letter.offset(), name));
    }
    return new String(header.value(), UTF_8);
  }

  @Override
  public void close() {
    consumer.close(Duration.ofSeconds(1));
  }
}
