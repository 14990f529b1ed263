package com.shareuptime.streams.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.sink.SinkTask.NewestAttempt;
import com.shareuptime.streams.sink.SupersededException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a real broker: what an earlier run writes late never stays as the last of its key. */
@Timeout(300)
class TopicWriterIT {
  private static final AtomicInteger TOPICS = new AtomicInteger();
  private static final NewestAttempt UNDISPUTED = () -> {};

  /** Longer than a producer tries to deliver. */
  private static final Duration LONGER_THAN_DELIVERY = Duration.ofSeconds(17);

  private final List<AutoCloseable> opened = new ArrayList<>();
  private LocalStack stack;
  private KafkaAddress kafka;
  private KeyedTopic topic;

  @BeforeEach
  void prepare() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(120));
    stack = LocalStack.shared(Set.of(Server.KAFKA));
    kafka = new KafkaAddress(stack.kafkaBootstrap(), null);
    topic = KeyedTopic.create(kafka, "fenced-" + TOPICS.incrementAndGet());
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  /** Three, so that they are frozen in different places. */
  @Test
  void processesThatWereFrozenLongerThanEveryTimeoutWriteNoRecordLate() throws Exception {
    List<FrozenWriter> frozen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      frozen.add(FrozenWriter.start(topic, i, 3));
      opened.add(frozen.get(i));
    }
    for (FrozenWriter one : frozen) {
      await().until(() -> one.batches() >= 5);
      one.freeze();
    }
    long frozenAt = System.nanoTime();

    List<TopicWriter<String>> successors = writers(3);
    write(successors, "new", 0);
    await().until(() -> System.nanoTime() - frozenAt > LONGER_THAN_DELIVERY.toNanos());
    for (FrozenWriter one : frozen) {
      long batches = one.batches();
      one.thaw();
      await().until(() -> !one.isAlive() || one.batches() > batches + 1);
    }

    assertLast("new", 0);
    assertThat(topic.lastUncommitted()).isEqualTo(topic.last());
    for (FrozenWriter one : frozen) {
      assertThat(one.log()).contains("superseded");
    }
    write(successors, "new", 1);
    assertLast("new", 1);
  }

  @Test
  void aWriterOfAnotherParallelismIsRefusedToo() throws Exception {
    List<TopicWriter<String>> four = writers(4);
    write(four, "a", 0);
    List<TopicWriter<String>> two = writers(2);
    write(two, "b", 0);
    assertRefused(four, "a", 1);
    assertLast("b", 0);

    List<TopicWriter<String>> fourAgain = writers(4);
    write(fourAgain, "c", 0);
    assertRefused(two, "b", 1);
    assertRefused(four, "a", 2);
    assertLast("c", 0);
    write(fourAgain, "c", 1);
    assertLast("c", 1);
  }

  @Test
  void subtasksOfOneRunDoNotDisturbEachOther() throws Exception {
    List<TopicWriter<String>> first = writers(3);
    List<TopicWriter<String>> next = writers(3);
    first.get(2).write(FrozenWriter.values("a", 0, 2, 3));
    next.get(0).write(FrozenWriter.values("b", 0, 0, 3));
    first
        .get(2)
        .write(FrozenWriter.values("a", 1, 2, 3)); // nobody has taken over from this one yet
    write(next, "b", 1);
    assertLast("b", 1);
  }

  @Test
  void aTaskThatWakesUpBeforeItTookOverWritesNothing() throws Exception {
    var attempts = new AtomicInteger();
    TopicWriter<String> sleeper = attempt(0, attempts);
    TopicWriter<String> next = attempt(1, attempts);
    next.write(FrozenWriter.values("new", 0));

    assertThatThrownBy(() -> sleeper.write(FrozenWriter.values("old", 0)))
        .isInstanceOf(SupersededException.class);
    // what it took over is taken back by the job's next attempt
    assertThatThrownBy(() -> next.write(FrozenWriter.values("new", 1)))
        .isInstanceOf(SupersededException.class);
    assertLast("new", 0);
    attempt(2, attempts).write(FrozenWriter.values("newest", 0));
    assertLast("newest", 0);
  }

  @Test
  void anEmptyBatchTakesOver() throws Exception {
    TopicWriter<String> first = writer(0, 1);
    first.write(FrozenWriter.values("old", 0));
    writer(0, 1).write(List.of());
    assertThatThrownBy(() -> first.write(FrozenWriter.values("old", 1)))
        .isInstanceOf(SupersededException.class);
  }

  @Test
  void aBatchOutlivesTheDeathOfTheBroker() throws Exception {
    TopicWriter<String> writer = writer(0, 1);
    writer.write(FrozenWriter.values("run", 0));
    for (int i = 1; i <= 2; i++) {
      stack.kill(Server.KAFKA);
      int round = i;
      CompletableFuture<Void> written =
          CompletableFuture.runAsync(
              () -> untilDone(() -> writer.write(FrozenWriter.values("run", round))));
      // the second outage is longer than a batch is tried
      long until = System.nanoTime() + (i == 1 ? 0 : LONGER_THAN_DELIVERY.toNanos());
      await().until(() -> System.nanoTime() > until);
      stack.start(Server.KAFKA);
      written.get(120, TimeUnit.SECONDS);
      assertLast("run", round);
    }
  }

  private interface Attempt {
    void make() throws Exception;
  }

  /** As the sink does. */
  private static void untilDone(Attempt attempt) {
    while (true) {
      try {
        attempt.make();
        return;
      } catch (SupersededException e) {
        throw e;
      } catch (Exception e) {
        System.out.println("again, as " + e);
      }
    }
  }

  @Test
  void aTransactionThatTookTooLongEndsTheRunAndLosesNothing() throws Exception {
    FencedProducer slow = producer(1_000);
    CountDownLatch aborted = new CountDownLatch(1);
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () ->
                untilDone(
                    () ->
                        slow.write(
                            batch -> {
                              batch.accept(KeyedTopic.record(topic.name(), "key0:slow"));
                              awaitQuietly(aborted);
                            })));
    await().until(() -> state() == TransactionState.COMPLETE_ABORT);
    aborted.countDown();
    assertThat(writing)
        .failsWithin(Duration.ofSeconds(60))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(SupersededException.class);
    assertThat(topic.last()).isEmpty();

    producer(1_000).write(batch -> batch.accept(KeyedTopic.record(topic.name(), "key0:slow")));
    assertThat(topic.last()).isEqualTo(Map.of("key0", "key0:slow"));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private FencedProducer producer(long transactionMillis) {
    Properties properties = kafka.properties();
    properties.setProperty("transaction.timeout.ms", Long.toString(transactionMillis));
    FencedProducer producer =
        new FencedProducer(properties, new WriterId(topic.name(), 1, 0), UNDISPUTED);
    opened.add(producer);
    return producer;
  }

  private TransactionState state() throws Exception {
    try (Admin admin = Admin.create(kafka.properties())) {
      String id = new WriterId(topic.name(), 1, 0).text();
      return admin.listTransactions().all().get().stream()
          .filter(listed -> listed.transactionalId().equals(id))
          .map(listed -> listed.state())
          .findFirst()
          .orElse(TransactionState.EMPTY);
    }
  }

  private TopicWriter<String> writer(int subtask, int parallelism) {
    return opened(topic.writer(subtask, parallelism, UNDISPUTED));
  }

  private List<TopicWriter<String>> writers(int parallelism) {
    return IntStream.range(0, parallelism).mapToObj(i -> writer(i, parallelism)).toList();
  }

  /** As the job manager answers attempts. */
  private TopicWriter<String> attempt(int number, AtomicInteger attempts) {
    return opened(
        topic.writer(
            0,
            1,
            () -> {
              if (attempts.accumulateAndGet(number, Math::max) > number) {
                throw new SupersededException("late", null);
              }
            }));
  }

  private TopicWriter<String> opened(TopicWriter<String> writer) {
    opened.add(writer);
    return writer;
  }

  private static void write(List<TopicWriter<String>> run, String name, int round)
      throws Exception {
    for (int i = 0; i < run.size(); i++) {
      run.get(i).write(FrozenWriter.values(name, round, i, run.size()));
    }
  }

  private static void assertRefused(List<TopicWriter<String>> run, String name, int round) {
    for (int i = 0; i < run.size(); i++) {
      int subtask = i;
      assertThatThrownBy(
              () -> run.get(subtask).write(FrozenWriter.values(name, round, subtask, run.size())))
          .isInstanceOf(SupersededException.class);
    }
  }

  private void assertLast(String run, int round) {
    assertThat(topic.last().values())
        .containsExactlyInAnyOrderElementsOf(FrozenWriter.values(run, round));
  }
}
