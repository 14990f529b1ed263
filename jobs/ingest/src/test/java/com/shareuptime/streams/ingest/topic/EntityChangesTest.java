package com.shareuptime.streams.ingest.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.mapping.EntityBranch;
import com.shareuptime.streams.ingest.mapping.TestModel;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.evaluation.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.Collector;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

/** Which records a change of a table's row becomes. */
class EntityChangesTest {
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .field("db", Schema.STRING_SCHEMA)
          .field("schema", Schema.STRING_SCHEMA)
          .field("table", Schema.STRING_SCHEMA)
          .field("ts_ms", Schema.INT64_SCHEMA)
          .build();
  private static final Schema ENVELOPE =
      SchemaBuilder.struct().field("source", SOURCE).field("ts_ms", Schema.INT64_SCHEMA).build();

  private static final CatalogTable STATUSES =
      TestModel.table(
          "statuses", List.of("id"), "id bigint", "by bigint", "parent bigint", "hidden boolean");
  private static final String COMMENTS =
      "create view comments as select id, 'post' as target_type, parent as target_id, hidden as"
          + " is_deleted from statuses where parent is not null;";
  private static final CatalogTable FRIENDSHIPS =
      TestModel.table("friendships", List.of("id"), "id bigint", "a bigint", "b bigint");
  private static final String BOTH_WAYS =
      "create view follows as select a as follower_id, b as followee_id from friendships union all"
          + " select b as follower_id, a as followee_id from friendships;";

  private final List<String> records = new ArrayList<>();

  private EntityChanges changes(String topic, String view, CatalogTable table) {
    List<EntityBranch> branches = TestModel.branches(view, table);
    return new EntityChanges(
        new EntityTopic(
            TableGeneration.ofSnapshot(topic, 1, 1),
            branches.get(0).entity(),
            1 << 20,
            Holes.none(),
            new UnregisteredMetricsGroup()),
        branches);
  }

  /** What is written: for each record its operation and key. */
  private List<String> written(
      EntityChanges entity, String op, Row before, boolean isWhole, Row after, boolean isSameRow)
      throws IOException {
    Struct envelope =
        new Struct(ENVELOPE)
            .put(
                "source",
                new Struct(SOURCE)
                    .put("db", "d")
                    .put("schema", "public")
                    .put("table", "t")
                    .put("ts_ms", 1L))
            .put("ts_ms", 2L);
    records.clear();
    entity.change(
        new TableChange(envelope, op, before, isWhole, after, isSameRow, op.equals("r"), 20, 10),
        new Collector<>() {
          @Override
          public void collect(TopicRecord record) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            String value =
                record.value() == null ? null : new String(record.value(), StandardCharsets.UTF_8);
            records.add(
                value == null
                    ? "- " + key
                    : value.replaceAll(".*\"op\":\"(.)\".*", "$1") + " " + key);
          }

          @Override
          public void close() {}
        });
    return List.copyOf(records);
  }

  private List<String> update(EntityChanges entity, Row before, Row after) throws IOException {
    return written(entity, "u", before, true, after, true);
  }

  private static Row status(Long id, Long parent, boolean isHidden) {
    return Row.of(id, 1L, parent, isHidden);
  }

  @Test
  void aRowThatDoesNotHoldIsWrittenOnlyWhereItMayHaveHeld() throws Exception {
    EntityChanges comments = changes("comments", COMMENTS, STATUSES);
    Row post = status(7L, null, false);

    assertThat(written(comments, "c", null, false, post, true)).isEmpty();
    assertThat(written(comments, "r", null, false, post, true)).isEmpty();
    assertThat(written(comments, "u", null, false, post, true))
        .containsExactly("d {\"id\":7}", "- {\"id\":7}");
    assertThat(update(comments, post, status(7L, null, true))).isEmpty();
    assertThat(update(comments, status(7L, 1L, false), post))
        .containsExactly("d {\"id\":7}", "- {\"id\":7}");
    assertThat(written(comments, "d", post, true, null, true)).isEmpty();
  }

  @Test
  void aRowThatBeginsToHoldIsCreated() throws Exception {
    EntityChanges comments = changes("comments", COMMENTS, STATUSES);

    assertThat(update(comments, status(7L, null, false), status(7L, 1L, false)))
        .containsExactly("c {\"id\":7}");
    assertThat(written(comments, "u", null, false, status(7L, 1L, false), true))
        .as("whether it held is not known")
        .containsExactly("u {\"id\":7}");
  }

  @Test
  void whatTheEntityDoesNotShowIsNotWritten() throws Exception {
    EntityChanges comments = changes("comments", COMMENTS, STATUSES);
    Row before = Row.of(7L, 1L, 1L, false);

    assertThat(update(comments, before, Row.of(7L, 2L, 1L, false))).isEmpty();
    assertThat(update(comments, before, Row.of(7L, 1L, 1L, true))).containsExactly("u {\"id\":7}");
    assertThat(written(comments, "r", null, false, before, true)).containsExactly("r {\"id\":7}");
  }

  @Test
  void aDeleteOfWhichOnlyTheKeyIsKnownIsOne() throws Exception {
    EntityChanges comments = changes("comments", COMMENTS, STATUSES);

    assertThat(written(comments, "d", Row.of(7L, null, null, null), false, null, true))
        .containsExactly("d {\"id\":7}", "- {\"id\":7}");
  }

  @Test
  void aPrimaryKeyThatChangesIsADeleteAndAnInsert() throws Exception {
    EntityChanges comments = changes("comments", COMMENTS, STATUSES);

    assertThat(
            written(
                comments, "u", Row.of(7L, null, null, null), false, status(8L, 1L, false), false))
        .containsExactly("d {\"id\":7}", "- {\"id\":7}", "c {\"id\":8}");
  }

  @Test
  void aKeyThatOneBranchLosesAndAnotherGetsIsWrittenOnce() throws Exception {
    EntityChanges follows = changes("follows", BOTH_WAYS, TestModel.full(FRIENDSHIPS));

    assertThat(update(follows, Row.of(1L, 5L, 6L), Row.of(1L, 6L, 5L))).isEmpty();
    assertThat(written(follows, "u", Row.of(1L, 5L, 6L), true, Row.of(2L, 5L, 6L), false))
        .as("by another primary key it is the same")
        .isEmpty();
    assertThat(update(follows, Row.of(1L, 5L, 6L), Row.of(1L, 5L, 7L)))
        .containsExactly(
            "d {\"follower_id\":5,\"followee_id\":6}",
            "- {\"follower_id\":5,\"followee_id\":6}",
            "d {\"follower_id\":6,\"followee_id\":5}",
            "- {\"follower_id\":6,\"followee_id\":5}",
            "c {\"follower_id\":5,\"followee_id\":7}",
            "c {\"follower_id\":7,\"followee_id\":5}");
  }

  @Test
  void aNullInTheNaturalKeyMeansThatThereIsNoRow() throws Exception {
    EntityChanges follows = changes("follows", BOTH_WAYS, TestModel.full(FRIENDSHIPS));

    assertThat(written(follows, "c", null, false, Row.of(1L, 5L, null), true)).isEmpty();
    assertThat(update(follows, Row.of(1L, 5L, null), Row.of(1L, null, 6L))).isEmpty();
    assertThat(update(follows, Row.of(1L, 5L, 6L), Row.of(1L, 5L, null)))
        .containsExactly(
            "d {\"follower_id\":5,\"followee_id\":6}",
            "- {\"follower_id\":5,\"followee_id\":6}",
            "d {\"follower_id\":6,\"followee_id\":5}",
            "- {\"follower_id\":6,\"followee_id\":5}");
  }

  @Test
  void anOldRowThatDoesNotSayTheNaturalKeyIsRefused() {
    EntityChanges follows = changes("follows", BOTH_WAYS, FRIENDSHIPS);

    assertThatThrownBy(() -> written(follows, "d", Row.of(1L, null, null), false, null, true))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("alter table public.friendships replica identity full;");
  }

  @Test
  void branchesOfACounterHaveKeysOfTheirOwn() throws Exception {
    EntityChanges likes =
        changes(
            "likes",
            "create view likes as select 'post' as target_type, a as target_id, b as user_id from"
                + " friendships union all select 'post' as target_type, b as target_id, a as"
                + " user_id from friendships where a > 5;",
            FRIENDSHIPS);

    assertThat(written(likes, "c", null, false, Row.of(1L, 6L, 7L), true))
        .containsExactly("c {\"$id\":1}", "c {\"$id\":1,\"$branch\":1}");
    assertThat(written(likes, "u", null, false, Row.of(1L, 4L, 7L), true))
        .containsExactly(
            "d {\"$id\":1,\"$branch\":1}", "- {\"$id\":1,\"$branch\":1}", "u {\"$id\":1}");
  }
}
