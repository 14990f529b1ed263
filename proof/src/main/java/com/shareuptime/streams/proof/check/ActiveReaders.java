package com.shareuptime.streams.proof.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.proof.server.KafkaClients;
import com.shareuptime.streams.proof.thread.Daemon;
import com.shareuptime.streams.proof.traffic.FeedScale;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Keeps users active by events, so that they have feeds, until it is closed. */
final class ActiveReaders implements AutoCloseable {
  /** How often somebody has to be seen, so that he is never away. */
  static final Duration EVERY = FeedScale.ACTIVITY_WINDOW.dividedBy(10);

  private final Producer<byte[], byte[]> producer;
  private final Set<Id> users = ConcurrentHashMap.newKeySet();
  private final String run = "own-" + Long.toString(System.currentTimeMillis(), 36) + "-";
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Daemon.named("presence"));
  private long beat;

  ActiveReaders(String bootstrap) {
    producer = KafkaClients.patientProducer(bootstrap);
    var unused =
        clock.scheduleWithFixedDelay(this::beat, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Seen with the next beat, and from then on. */
  void of(Id user) {
    users.add(user);
  }

  private void beat() {
    beat++;
    int seen = 0;
    for (Id user : users) {
      StringBuilder event = new StringBuilder("{\"event_id\":\"");
      event.append(run).append(beat).append('-').append(seen++).append("\",\"user_id\":");
      IdJson.write(user, event);
      event.append('}');
      // one that is lost is followed by another
      var unused =
          producer.send(
              new ProducerRecord<>(
                  "user-activity",
                  ("user:" + user).getBytes(UTF_8),
                  event.toString().getBytes(UTF_8)));
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    producer.close(Duration.ofSeconds(2));
  }
}
