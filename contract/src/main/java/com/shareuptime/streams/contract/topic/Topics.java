package com.shareuptime.streams.contract.topic;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.control.ControlMessage;
import com.shareuptime.streams.contract.topic.Topic.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** The Kafka topics that the pipeline reads and writes: their list, creation and examination. */
public final class Topics {
  private static final int PARTITIONS = 4;
  private static final long EVENT_BYTES = 2L << 20;

  /**
   * A tenth more than ingest's largest row by default, so that none is refused; and none that is
   * filled from its table.
   */
  private static final long CHANGE_BYTES = 22L << 20;

  private static final long DEAD_LETTER_BYTES = 4L << 20;

  /** With so many copies one broker may be away and another fail, and nothing is lost. */
  private static final int COPIES = 3;

  private static final String LEAST_COPIES = "min.insync.replicas";

  /** What each model has, with rows or without. */
  private static final List<String> FIXED_ENTITIES =
      List.of("users", "posts", "reels", "likes", "comments", "shares", "follows");

  /** Those of the canonical model. */
  public static final List<Topic> ALL = of(CountedView.CANONICAL);

  /** What is not as it should be with one topic, and the command that mends it. */
  public record Problem(String topic, String what, String remedy) {}

  private final Admin admin;
  private final List<Topic> topics;

  /**
   * @param counters of the model
   */
  public Topics(Admin admin, List<CountedView> counters) {
    this.admin = admin;
    this.topics = of(counters);
  }

  /** Those of the canonical model. */
  public Topics(Admin admin) {
    this(admin, CountedView.CANONICAL);
  }

  /**
   * The entities whose changes are published, each in a topic {@code cdc.<entity>}.
   *
   * @param counters their names
   */
  public static List<String> entities(Collection<String> counters) {
    return Stream.concat(FIXED_ENTITIES.stream(), counters.stream()).distinct().toList();
  }

  /** All topics that there are with these counters. */
  public static List<Topic> of(List<CountedView> counters) {
    return Stream.of(
            counters.stream().map(CountedView::eventsTopic).map(Topics::events),
            Stream.of(events("posts-events"), activity()),
            entities(counters.stream().map(CountedView::name).toList()).stream()
                .map(entity -> changes("cdc." + entity)),
            Stream.of(
                new Topic(
                    "counter-updates",
                    PARTITIONS,
                    List.of(Setting.exactly("cleanup.policy", "compact"))),
                new Topic(
                    "document-vectors",
                    PARTITIONS,
                    List.of(
                        Setting.exactly("cleanup.policy", "compact"),
                        Setting.atLeast("delete.retention.ms", Duration.ofDays(7).toMillis()))),
                new Topic("feed-deliveries", PARTITIONS, List.of(retention(Duration.ofDays(7)))),
                new Topic("counter-drift", PARTITIONS, List.of(retention(Duration.ofDays(14)))),
                new Topic(
                    ControlMessage.TOPIC,
                    1,
                    List.of(
                        retention(Duration.ofDays(7)),
                        Setting.atLeast("max.message.bytes", CHANGE_BYTES))),
                new Topic(
                    "dead-letters",
                    PARTITIONS,
                    List.of(
                        retention(Duration.ofDays(14)),
                        Setting.atLeast("max.message.bytes", DEAD_LETTER_BYTES)))))
        .flatMap(topics -> topics)
        .toList();
  }

  /** The append time is the watermark of an event topic, so it must be the broker's. */
  private static Topic events(String name) {
    return events(name, Duration.ofDays(7));
  }

  /** Kept for as long as a user counts as active: a job without state learns from it who is. */
  private static Topic activity() {
    return events("user-activity", Duration.ofDays(30));
  }

  private static Topic events(String name, Duration kept) {
    return new Topic(
        name,
        PARTITIONS,
        List.of(
            Setting.exactly("message.timestamp.type", "LogAppendTime"),
            retention(kept),
            Setting.atLeast("max.message.bytes", EVENT_BYTES)));
  }

  /**
   * The newest change of each row for ever. A deleted row's tombstone outlives the oldest state
   * that may be restored, and a heartbeat never outlives the row ahead of it.
   */
  private static Topic changes(String name) {
    return new Topic(
        name,
        PARTITIONS,
        List.of(
            Setting.exactly("cleanup.policy", "compact"),
            Setting.atLeast("min.compaction.lag.ms", Duration.ofDays(1).toMillis()),
            Setting.atLeast("delete.retention.ms", Duration.ofDays(7).toMillis()),
            Setting.atLeast("max.message.bytes", CHANGE_BYTES)));
  }

  private static Setting retention(Duration time) {
    return Setting.atLeast("retention.ms", time.toMillis());
  }

  /** Creates the missing topics and sets what is set otherwise; says what it did, line by line. */
  public List<String> apply() throws InterruptedException, ExecutionException {
    List<String> done = new ArrayList<>();
    Set<String> existing = admin.listTopics().names().get();
    int copies = Math.min(COPIES, admin.describeCluster().nodes().get().size());
    List<NewTopic> missing =
        topics.stream()
            .filter(topic -> !existing.contains(topic.name()))
            .map(topic -> creation(topic, copies))
            .toList();
    if (!missing.isEmpty()) {
      admin.createTopics(missing).all().get();
      awaitLeaders(missing);
      missing.forEach(topic -> done.add("created topic " + topic.name()));
    }
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    forEachDifference(
        (topic, setting, actual) -> {
          changes
              .computeIfAbsent(resource(topic.name()), any -> new ArrayList<>())
              .add(
                  new AlterConfigOp(
                      new ConfigEntry(setting.key(), setting.value()), AlterConfigOp.OpType.SET));
          done.add(
              "set %s of topic %s to %s (was %s)"
                  .formatted(setting.key(), topic.name(), setting.value(), actual));
        });
    if (!changes.isEmpty()) {
      admin.incrementalAlterConfigs(changes).all().get();
    }
    return done;
  }

  /**
   * A topic exists before its broker leads it. An idempotent producer whose first batch comes in
   * between and whose second comes after waits for its delivery timeout and loses the first
   * (KAFKA-15591): here nobody is told of a topic before it takes records.
   */
  private void awaitLeaders(List<NewTopic> topics) throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (NewTopic topic : topics) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.earliest());
      }
    }
    admin.listOffsets(partitions).all().get();
  }

  /** As many copies as there are brokers, three at most; of three, two must have each record. */
  static NewTopic creation(Topic topic, int copies) {
    Map<String, String> configs = new HashMap<>();
    topic.settings().forEach(setting -> configs.put(setting.key(), setting.value()));
    if (copies == COPIES) {
      configs.put(LEAST_COPIES, "2");
    }
    return new NewTopic(topic.name(), topic.partitions(), (short) copies).configs(configs);
  }

  /** What a running pipeline would trip over. */
  public List<Problem> examine() throws InterruptedException, ExecutionException {
    List<Problem> findings = new ArrayList<>();
    Set<String> existing = admin.listTopics().names().get();
    for (Topic topic : topics) {
      if (!existing.contains(topic.name())) {
        findings.add(new Problem(topic.name(), "the topic is missing", "./streams migrate"));
      }
    }
    forEachDifference(
        (topic, setting, actual) ->
            findings.add(
                new Problem(
                    topic.name(),
                    "%s is %s, needs %s%s"
                        .formatted(
                            setting.key(),
                            actual,
                            setting.atLeast() ? "at least " : "",
                            setting.value()),
                    "kafka-configs.sh --bootstrap-server … --alter --topic %s --add-config %s=%s (or ./streams migrate)"
                        .formatted(topic.name(), setting.key(), setting.value()))));
    Map<String, TopicDescription> present = describe(existing);
    int brokers = admin.describeCluster().nodes().get().size();
    present.forEach((name, topic) -> copies(topic, brokers).ifPresent(findings::add));
    TopicDescription control = present.get(ControlMessage.TOPIC);
    if (control != null && control.partitions().size() != 1) {
      findings.add(
          new Problem(
              ControlMessage.TOPIC,
              "it has %d partitions; its messages need one order, so one"
                  .formatted(control.partitions().size()),
              "kafka-topics.sh --bootstrap-server … --delete --topic pipeline-control, then"
                  + " ./streams migrate"));
    }
    return findings;
  }

  private Map<String, TopicDescription> describe(Set<String> existing)
      throws InterruptedException, ExecutionException {
    List<String> names = topics.stream().map(Topic::name).filter(existing::contains).toList();
    return new TreeMap<>(admin.describeTopics(names).allTopicNames().get());
  }

  /** A topic with one copy is lost with its broker, where there are others that could have one. */
  static Optional<Problem> copies(TopicDescription topic, int brokers) {
    boolean alone =
        topic.partitions().stream().anyMatch(partition -> partition.replicas().size() == 1);
    return alone && brokers >= COPIES
        ? Optional.of(
            new Problem(
                topic.name(),
                "only one of %d brokers has its records".formatted(brokers),
                "kafka-reassign-partitions.sh --bootstrap-server … --execute, with 3 replicas of each partition; then kafka-configs.sh --bootstrap-server … --alter --topic %s --add-config %s=2"
                    .formatted(topic.name(), LEAST_COPIES)))
        : Optional.empty();
  }

  private interface Difference {
    void found(Topic topic, Setting setting, String actual);
  }

  private void forEachDifference(Difference difference)
      throws InterruptedException, ExecutionException {
    Set<String> existing = admin.listTopics().names().get();
    List<Topic> present = topics.stream().filter(topic -> existing.contains(topic.name())).toList();
    Map<ConfigResource, Config> configs =
        admin
            .describeConfigs(present.stream().map(topic -> resource(topic.name())).toList())
            .all()
            .get();
    for (Topic topic : present) {
      Config config = configs.get(resource(topic.name()));
      for (Setting setting : topic.settings()) {
        String actual = config.get(setting.key()).value();
        if (!setting.isMetBy(actual)) {
          difference.found(topic, setting, actual);
        }
      }
    }
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }
}
