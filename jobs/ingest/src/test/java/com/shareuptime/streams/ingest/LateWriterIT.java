package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.ingest.topic.TopicRecord;
import com.shareuptime.streams.ingest.topic.TopicsSink;
import com.shareuptime.streams.local.stack.Server;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.apache.flink.util.function.ThrowingRunnable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writers of the cdc topics on a real broker, each as a run of its own. */
@Timeout(300)
class LateWriterIT {
  private static final String TOPIC = "late-writers";

  private final List<SinkWriter<TopicRecord>> writers = new ArrayList<>();
  private final TestProcessingTimeService time = new TestProcessingTimeService();
  private IngestStack stack;
  private int records;

  @BeforeEach
  void prepare() throws Exception {
    stack = IngestStack.shared();
    try (Admin admin = Admin.create(stack.options().kafka().properties())) {
      if (!admin.listTopics().names().get().contains(TOPIC)) {
        admin.createTopics(List.of(new NewTopic(TOPIC, 4, (short) 1))).all().get();
      }
    }
  }

  @AfterEach
  void close() throws Exception {
    for (SinkWriter<TopicRecord> writer : writers) {
      writer.close();
    }
  }

  @Test
  void whatAnEarlierWriterStillSendsIsRefusedInEveryPartition() throws Exception {
    SinkWriter<TopicRecord> old = writer();
    write(old, 0, "old 1"); // not flushed: its transaction is open, in one partition
    SinkWriter<TopicRecord> next = writer();
    for (int partition = 0; partition < 4; partition++) {
      write(next, partition, "next " + partition);
    }
    next.flush(false);

    for (int partition = 0; partition < 4; partition++) {
      int late = partition;
      assertThatThrownBy(
              () -> {
                write(old, late, "late");
                old.flush(false);
              })
          .hasMessageContaining("could not write the cdc topics");
      assertThat(last(partition)).isEqualTo("next " + partition);
    }
    write(next, 0, "next again");
    next.flush(false);
    assertThat(last(0)).isEqualTo("next again");
  }

  @Test
  void aWriterThatWakesUpBeforeItsFirstRecordWritesNothing() throws Exception {
    SinkWriter<TopicRecord> old = writer();
    SinkWriter<TopicRecord> next = writer();
    write(next, 1, "next");
    next.flush(false);
    assertThatThrownBy(() -> write(old, 1, "late")).hasMessageContaining("another ingest");
    assertThat(last(1)).isEqualTo("next");
  }

  @Test
  void aWriterThatHasNothingToWriteYetDisturbsNobody() throws Exception {
    SinkWriter<TopicRecord> first = writer();
    write(first, 2, "first");
    SinkWriter<TopicRecord> waiting = writer();
    waiting.flush(false);
    write(first, 2, "first again");
    first.flush(false);
    assertThat(last(2)).isEqualTo("first again");
  }

  @Test
  void aTransactionEndsWithoutACheckpointToo() throws Exception {
    SinkWriter<TopicRecord> writer = writer();
    write(writer, 3, "no checkpoint");
    time.advance(30_000);
    assertThat(last(3, "read_committed")).isEqualTo("no checkpoint");
    write(writer, 3, "the next");
    writer.flush(false);
    assertThat(last(3, "read_committed")).isEqualTo("the next");
  }

  @Test
  void aWriterGoesOnAfterARestartOfTheBroker() throws Exception {
    SinkWriter<TopicRecord> writer = writer();
    write(writer, 0, "before");
    stack.servers().kill(Server.KAFKA);
    stack.servers().start(Server.KAFKA);
    // as the job does: what was not flushed is written again by the next run
    await()
        .atMost(TableRows.PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              SinkWriter<TopicRecord> next = writer();
              write(next, 0, "after");
              next.flush(false);
            });
    assertThat(last(0, "read_committed")).isEqualTo("after");
  }

  private void write(SinkWriter<TopicRecord> writer, int partition, String value) throws Exception {
    writer.write(
        new TopicRecord(
            TOPIC,
            partition,
            ("late-writer-" + ++records).getBytes(StandardCharsets.UTF_8),
            value.getBytes(StandardCharsets.UTF_8),
            "test",
            new byte[0]),
        null);
  }

  private String last(int partition) {
    return last(partition, "read_uncommitted");
  }

  private String last(int partition, String isolation) {
    Properties properties = stack.options().kafka().properties();
    properties.setProperty("isolation.level", isolation);
    TopicPartition where = new TopicPartition(TOPIC, partition);
    String last = null;
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(where));
      long end = consumer.endOffsets(List.of(where)).get(where);
      consumer.seekToBeginning(List.of(where));
      while (consumer.position(where) < end) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          last = record.value() == null ? last : record.value();
        }
      }
    }
    return last;
  }

  /** Nobody reads its mail: a writer is asked instead. */
  private static final class IdleMailbox implements MailboxExecutor {
    @Override
    public void execute(
        MailOptions options,
        ThrowingRunnable<? extends Exception> command,
        String description,
        Object... arguments) {}

    @Override
    public void yield() {}

    @Override
    public boolean tryYield() {
      return false;
    }

    @Override
    public boolean shouldInterrupt() {
      return false;
    }
  }

  @SuppressWarnings("deprecation") // as the sink of the job
  private SinkWriter<TopicRecord> writer() throws Exception {
    Sink.InitContext context =
        (Sink.InitContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Sink.InitContext.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getMailboxExecutor" -> new IdleMailbox();
                      case "getProcessingTimeService" -> time;
                      case "metricGroup" -> UnregisteredMetricsGroup.createSinkWriterMetricGroup();
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    SinkWriter<TopicRecord> writer = TopicsSink.sink(stack.options()).createWriter(context);
    writers.add(writer);
    return writer;
  }
}
