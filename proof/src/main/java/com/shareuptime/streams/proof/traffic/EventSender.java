package com.shareuptime.streams.proof.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.shareuptime.streams.proof.server.KafkaClients;
import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Sends events at least once, now or later: what is not acknowledged is sent again until it is,
 * however long the brokers are away. Safe for use by many threads.
 */
final class EventSender implements AutoCloseable {
  private static final Duration AGAIN_AFTER = Duration.ofMillis(500);

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Event(
      String topic, String key, byte[] value, Consumer<RecordMetadata> acknowledged, long dueNanos)
      implements Delayed {

    Event in(Duration delay) {
      return new Event(topic, key, value, acknowledged, System.nanoTime() + delay.toNanos());
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  private final Producer<byte[], byte[]> producer;
  private final TrafficStats stats;
  private final DelayQueue<Event> later = new DelayQueue<>();
  private final AtomicLong outstanding = new AtomicLong();
  private final AtomicReference<Exception> refused = new AtomicReference<>();
  private final Thread laterSender = new Thread(this::sendWhatIsDue, "traffic-late-events");

  EventSender(String bootstrap, TrafficStats stats) {
    this.stats = stats;
    this.producer = KafkaClients.patientProducer(bootstrap); // oversized events must reach the jobs
    laterSender.setDaemon(true);
    laterSender.start();
  }

  void send(String topic, String key, byte[] value, int delayMillis) {
    send(topic, key, value, delayMillis, acknowledged -> {});
  }

  /**
   * @param acknowledged is told where the brokers have put it; may be called by any thread
   */
  void send(
      String topic,
      String key,
      byte[] value,
      int delayMillis,
      Consumer<RecordMetadata> acknowledged) {
    Exception reason = refused.get();
    if (reason != null) {
      throw new IllegalStateException(
          "Kafka refused an event: " + reason.getMessage() + ". Look at the topics and the rights.",
          reason);
    }
    outstanding.incrementAndGet();
    Event event = new Event(topic, key, value, acknowledged, System.nanoTime());
    if (delayMillis == 0) {
      sendNow(event);
    } else {
      later.add(event.in(Duration.ofMillis(delayMillis)));
    }
  }

  /**
   * Returns when all is acknowledged. What would be later than {@code patience} is sent at once, so
   * that an end is an end.
   *
   * @return false if the brokers have not acknowledged everything {@code patience} after that
   */
  boolean drain(Duration patience) throws InterruptedException {
    long give = System.nanoTime() + patience.toNanos();
    while (!later.isEmpty() && System.nanoTime() < give) {
      Thread.sleep(20);
    }
    for (Event event : later.toArray(new Event[0])) {
      if (later.remove(event)) {
        sendNow(event);
      }
    }
    give = System.nanoTime() + patience.toNanos();
    while (outstanding.get() > 0 && refused.get() == null && System.nanoTime() < give) {
      Thread.sleep(20);
    }
    return outstanding.get() == 0;
  }

  private void sendNow(Event event) {
    try {
      // a failure is told to the callback
      var unused =
          producer.send(
              new ProducerRecord<>(event.topic(), event.key().getBytes(UTF_8), event.value()),
              (metadata, failure) -> settle(event, metadata, failure));
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      settle(event, null, e);
    }
  }

  private void settle(Event event, RecordMetadata metadata, Exception failure) {
    if (failure == null) {
      stats.add(TrafficCount.EVENTS);
      event.acknowledged().accept(metadata);
      outstanding.decrementAndGet();
    } else if (failure instanceof RecordTooLargeException
        || failure instanceof AuthenticationException
        || failure instanceof AuthorizationException) {
      refused.compareAndSet(null, failure);
    } else {
      stats.add(TrafficCount.RESENT_EVENTS);
      later.add(event.in(AGAIN_AFTER));
    }
  }

  private void sendWhatIsDue() {
    try {
      while (true) {
        sendNow(later.take());
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    laterSender.interrupt();
    producer.close(Duration.ofSeconds(2));
  }
}
