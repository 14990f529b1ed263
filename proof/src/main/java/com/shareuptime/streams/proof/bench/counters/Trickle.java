package com.shareuptime.streams.proof.bench.counters;

import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.proof.bench.generator.EventEncoder;
import com.shareuptime.streams.proof.bench.generator.Heartbeats;
import com.shareuptime.streams.proof.bench.generator.RowTopics;
import com.shareuptime.streams.proof.server.KafkaClients;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What goes on while the backlog is counted: a few likes of a post that is not measured, into every
 * partition, and heartbeats. Without them time would stand still at the backlog's end, before the
 * job's start, and a bootstrap would never be complete.
 */
final class Trickle implements AutoCloseable {
  /** Above all measured posts. */
  static final long POST = 4_000_000_000_000L;

  private static final long PERIOD_MILLIS = 200;

  private final RowTopics topics;
  private final boolean rows;
  private final Heartbeats beats;
  private final EventEncoder events = new EventEncoder(-1);
  private final int partitions;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private long sent;

  Trickle(String bootstrap, boolean rows) {
    KafkaProducer<byte[], byte[]> out = KafkaClients.promptProducer(bootstrap);
    this.topics = new RowTopics(out);
    this.rows = rows;
    this.beats = new Heartbeats(out, Topics.entities(List.of()));
    this.partitions = out.partitionsFor(Backlog.EVENTS).size();
    if (rows) {
      topics.snapshotOfPost(POST);
    }
    clock.scheduleAtFixedRate(this::send, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void send() {
    long now = System.currentTimeMillis();
    for (int partition = 0; partition < partitions; partition++) {
      long user = ++sent;
      if (rows) {
        topics.like(POST, user, now, now);
      }
      byte[] event = events.like(POST, user, now);
      topics.send(new ProducerRecord<>(Backlog.EVENTS, partition, EventEncoder.key(POST), event));
    }
    if (rows) {
      beats.send(now);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    topics.close();
  }
}
