package com.shareuptime.streams.search.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.GenerationComplete;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.SearchMode;
import com.shareuptime.streams.search.SearchTargets;
import com.shareuptime.streams.vector.DocumentVector;
import com.shareuptime.streams.vector.TextHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssembleDocumentTest {
  private SearchTargets targets = targets("posts_v1");
  private SearchMode mode = SearchMode.CDC;

  private static final DocumentKey POST = new DocumentKey(DocumentType.POST, Id.of(42));
  private static final String HIDDEN = "{\"id\":42,\"hidden\":true}";
  private static final long START = 1_000_000;
  private static final long RETENTION = 100_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicLong RUNS = new AtomicLong();

  private KeyedOneInputStreamOperatorTestHarness<DocumentKey, DocumentInput, DocumentWrite> harness;

  @BeforeEach
  void start() throws Exception {
    start(null, START);
    pass(START + 5_000);
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  private void start(OperatorSubtaskState state, long now) throws Exception {
    DocumentSettings settings =
        new DocumentSettings(
            new CountPace(Duration.ofSeconds(10), Duration.ofSeconds(60)),
            200,
            1_000,
            10_000,
            RETENTION,
            1_000_000_000,
            true,
            mode);
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new AssembleDocument(settings, targets, RUNS::incrementAndGet, IdKinds.NUMBERS),
            DocumentInput::document,
            DocumentKey.TYPE);
    harness.setProcessingTime(now);
    harness.setup(
        DocumentWrite.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  private static SearchTargets targets(String posts) {
    return new SearchTargets(Map.of(DocumentType.POST, posts, DocumentType.REEL, "reels_v1"));
  }

  private void pass(long time) throws Exception {
    harness.processWatermark(new Watermark(time));
  }

  private void tell(DocumentInput input) throws Exception {
    harness.processElement(new StreamRecord<>(input));
  }

  private static DocumentRow row(long lsn, String text, boolean deleted) {
    return row(new RowVersion(1, lsn), text, deleted);
  }

  private static DocumentRow row(RowVersion version, String text, boolean deleted) {
    return new DocumentRow(
        POST,
        version,
        true,
        deleted,
        Id.of(7),
        text,
        "public",
        1_500_000,
        1_600_001,
        version.commit());
  }

  private static DocumentRow gone(long lsn) {
    return new DocumentRow(
        POST, new RowVersion(1, lsn), false, false, Id.of(0), "", "", 0, 0, START + lsn);
  }

  private static AuthorSnapshot author(long lsn, String name, boolean active) {
    return new AuthorSnapshot(
        POST,
        new AuthorRow(Id.of(7), new RowVersion(1, lsn), active, name, "N. N.", null, false, false),
        new RowVersion(1, 1));
  }

  private static DocumentInput.Counted likes(long likes, long version) {
    return new DocumentInput.Counted(POST, Counts.of(likes), version);
  }

  /** What has been written since the last look; null stands for a removal. */
  private List<JsonNode> written() throws Exception {
    List<JsonNode> documents = new ArrayList<>();
    for (DocumentWrite write : writes()) {
      documents.add(write.json() == null ? null : JSON.readTree(write.json()));
    }
    return documents;
  }

  private List<DocumentWrite> writes() {
    List<DocumentWrite> writes = new ArrayList<>();
    for (Object output : harness.getOutput()) {
      if (output instanceof StreamRecord<?> record) {
        writes.add((DocumentWrite) record.getValue());
      }
    }
    harness.getOutput().clear();
    return writes;
  }

  private JsonNode onlyWritten() throws Exception {
    List<JsonNode> documents = written();
    assertThat(documents).hasSize(1);
    return documents.get(0);
  }

  @Test
  void aDocumentIsWrittenWholeOnceItsAuthorIsKnown() throws Exception {
    tell(row(1, "Hello", false));
    assertThat(written()).isEmpty();
    tell(likes(3, 1));
    tell(author(1, "nora", true));
    assertThat(onlyWritten().toString())
        .isEqualTo(
            "{\"id\":42,\"hidden\":false,\"author\":{\"id\":7,\"username\":\"nora\","
                + "\"display_name\":\"N. N.\",\"avatar_url\":null,\"is_verified\":false},"
                + "\"content\":\"Hello\",\"visibility\":\"public\",\"likes_count\":3,"
                + "\"comments_count\":0,\"shares_count\":0,"
                + "\"created_at\":\"1970-01-01T00:00:01.500Z\","
                + "\"updated_at\":\"1970-01-01T00:00:01.600001Z\"}");
  }

  @Test
  void anOlderRowChangesNothing() throws Exception {
    tell(author(1, "nora", true));
    tell(row(5, "new", false));
    tell(row(4, "old", false));
    assertThat(onlyWritten().path("content").asText()).isEqualTo("new");
  }

  @Test
  void aTextThatAChangeDoesNotCarryStaysAsItWas() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "long text", false));
    tell(row(2, null, false));
    assertThat(written())
        .extracting(document -> document.path("content").asText())
        .containsExactly("long text", "long text");
  }

  /** As reconcile reads it from the table, where the change was too large for its topic. */
  @Test
  void theWholeRowOfAChangeFillsWhatTheChangeLacked() throws Exception {
    tell(author(1, "nora", true));
    tell(row(2, null, false));
    assertThat(written()).isEmpty();
    tell(row(2, "all of it", false));
    assertThat(onlyWritten().path("content").asText()).isEqualTo("all of it");
    tell(row(3, "later", false));
    tell(row(2, "all of it", false));
    assertThat(onlyWritten().path("content").asText()).isEqualTo("later");
  }

  /** So it may be at a start without state: the newest record of a user lacks it. */
  @Test
  void whatNobodyKnowsOfAnAuthorIsNeverInADocument() throws Exception {
    String unchanged = Unlogged.PLACEHOLDER;
    tell(row(1, "text", false));
    tell(named(1, "nora", unchanged, unchanged));
    tell(named(2, unchanged, "N. N.", unchanged));
    assertThat(written()).isEmpty();
    tell(named(3, "nora", "N. N.", unchanged));
    assertThat(onlyWritten().at("/author/avatar_url").isNull()).isTrue();
  }

  private static AuthorSnapshot named(long lsn, String username, String name, String avatar) {
    return new AuthorSnapshot(
        POST,
        new AuthorRow(Id.of(7), new RowVersion(1, lsn), true, username, name, avatar, false, false),
        new RowVersion(1, 1));
  }

  @Test
  void aVisibilityThatAChangeDoesNotCarryStaysAsItWas() throws Exception {
    tell(author(1, "nora", true));
    tell(visible(1, Unlogged.PLACEHOLDER));
    assertThat(written()).isEmpty();
    tell(visible(2, "followers"));
    tell(visible(3, Unlogged.PLACEHOLDER));
    assertThat(written())
        .extracting(document -> document.path("visibility").asText())
        .containsExactly("followers", "followers");
  }

  @Test
  void whatIsUnlistedIsHiddenUntilItIsListed() throws Exception {
    tell(author(1, "nora", true));
    tell(visible(1, "public"));
    tell(visible(2, "unlisted"));
    tell(visible(3, "followers"));
    assertThat(written())
        .extracting(document -> document.path("hidden").asBoolean())
        .containsExactly(false, true, false);
  }

  @ParameterizedTest
  @CsvSource({
    "public, followers",
    "unlisted, followers",
    "followers, followers",
    "private, private"
  })
  void aPrivateAccountHasDocumentsForFollowersAtMost(String own, String effective)
      throws Exception {
    tell(visible(1, own));
    tell(account(1, false));
    tell(account(2, true));
    tell(account(3, false));
    List<JsonNode> documents = written();
    assertThat(documents)
        .extracting(document -> document.path("visibility").asText())
        .containsExactly(own, effective, own);
    assertThat(documents)
        .extracting(document -> document.path("hidden").asBoolean())
        .containsExactly(own.equals("unlisted"), false, own.equals("unlisted"));
  }

  private static AuthorSnapshot account(long lsn, boolean isPrivate) {
    return new AuthorSnapshot(
        POST,
        new AuthorRow(
            Id.of(7), new RowVersion(1, lsn), true, "nora", "N. N.", null, false, isPrivate),
        new RowVersion(1, 1));
  }

  private static DocumentRow visible(long lsn, String visibility) {
    return new DocumentRow(
        POST, new RowVersion(1, lsn), true, false, Id.of(7), "text", visibility, 1, 1, lsn);
  }

  @Test
  void aDocumentWithoutItsTextIsNeverWritten() throws Exception {
    tell(author(1, "nora", true));
    tell(row(2, null, false));
    tell(likes(100, 1));
    harness.setProcessingTime(START + 100_000);
    assertThat(written()).isEmpty();
    tell(row(3, "here", false));
    assertThat(onlyWritten().path("likes_count").asLong()).isEqualTo(100);
  }

  @Test
  void whatIsDeletedIsHiddenAndWithoutText() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "secret", false));
    tell(row(2, "secret", true));
    tell(row(3, "shown again", false));
    tell(gone(4));
    assertThat(written())
        .extracting(JsonNode::toString)
        .satisfiesExactly(
            shown -> assertThat(shown).contains("secret"),
            hidden -> assertThat(hidden).isEqualTo("{\"id\":42,\"hidden\":true}"),
            again -> assertThat(again).contains("shown again"),
            hidden -> assertThat(hidden).isEqualTo("{\"id\":42,\"hidden\":true}"));
  }

  @Test
  void aHardDeletedDocumentIsRemovedWhenNothingOlderCanComeAnyMore() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    tell(gone(2));
    tell(row(1, "text", false)); // from a replay
    assertThat(written()).hasSize(2);
    pass(START + 2 + RETENTION);
    assertThat(written()).containsExactly((JsonNode) null);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  /** Its id comes again, and the author's snapshot is faster than the row. */
  @Test
  void aDocumentThatComesAgainIsNotForgottenInBetween() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    tell(gone(2));
    tell(of(8, 1, "next", 3));
    pass(START + 2 + RETENTION);
    tell(rowOf(8, 3));
    assertThat(written()).last().matches(document -> document.at("/author/id").asInt() == 8);
  }

  /** Its id comes again, and the counters are faster than its row. */
  @Test
  void countsThatComeForADeletedIdAreKeptForTheRowToCome() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    tell(gone(2));
    writes();
    harness.setProcessingTime(START + 10_000);
    tell(likes(1, 1));
    harness.setProcessingTime(START + RETENTION);
    tell(likes(2, 2));
    pass(START + 2 + RETENTION);
    pass(START + 10_000 + RETENTION);
    assertThat(written()).isEmpty();
    tell(row(3, "again", false));
    assertThat(onlyWritten().path("likes_count").asLong()).isEqualTo(2);
  }

  /** Rows are read from the beginning, and the last of them later than counts. */
  @Test
  void countsThatAFirstReadFindsForADeletedIdAreKeptForTheRowToCome() throws Exception {
    harness.close();
    start(null, START + 2 * RETENTION);
    tell(likes(1, 1));
    tell(gone(2));
    pass(START + 2 * RETENTION + 5_000);
    assertThat(onlyWritten()).hasToString(HIDDEN);
    tell(of(7, 1, "nora", 3));
    tell(row(3, "again", false));
    assertThat(onlyWritten().path("likes_count").asLong()).isEqualTo(1);
  }

  @Test
  void countsForADeletedIdAreForgottenWhenNoRowComes() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    tell(gone(2));
    writes();
    harness.setProcessingTime(START + 10_000);
    tell(likes(1, 1));
    pass(START + 10_000 + RETENTION - 1);
    assertThat(written()).isEmpty();
    pass(START + 10_000 + RETENTION);
    assertThat(written()).containsExactly((JsonNode) null);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  /** Its likes go with it. */
  @Test
  void nothingIsKeptOfADeletedDocumentThatNobodyLikesAnyMore() throws Exception {
    tell(author(1, "nora", true));
    tell(likes(1, 1));
    tell(row(1, "text", false));
    tell(gone(2));
    writes();
    harness.setProcessingTime(START + 10_000);
    tell(likes(0, 2));
    pass(START + 2 + RETENTION);
    assertThat(written()).containsExactly((JsonNode) null);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void countsOfWhatIsHiddenAreNotWrittenBeforeItIsShown() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "text", true));
    writes();
    harness.setProcessingTime(START + 10_000);
    tell(likes(1, 1));
    harness.setProcessingTime(START + 90_000);
    assertThat(written()).isEmpty();
    tell(row(2, "text", false));
    assertThat(onlyWritten().path("likes_count").asLong()).isEqualTo(1);
  }

  @Test
  void countsOfWhatNeverGetsARowAreForgottenAfterARestartToo() throws Exception {
    tell(likes(1, 1));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    start(state, START + 50_000);
    pass(START + 5_000 + RETENTION);
    pass(START + 50_000 + RETENTION);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  /** Counts of it came long ago, and its author's snapshot is faster than its row. */
  @Test
  void anAuthorIsKeptForTheFirstRowOfADocumentThatWasCountedLongAgo() throws Exception {
    tell(likes(1, 1));
    harness.setProcessingTime(START + RETENTION);
    tell(of(7, 1, "nora", 3));
    pass(START + 5_000 + RETENTION);
    tell(row(3, "text", false));
    assertThat(onlyWritten().path("likes_count").asLong()).isEqualTo(1);
  }

  /** The row that brings it back may not be read again yet. */
  @Test
  void nothingIsRemovedWhileTheGateIsShut() throws Exception {
    harness.close();
    start(null, START + 2 * RETENTION);
    tell(gone(2));
    pass(START + 2 * RETENTION - 1);
    assertThat(harness.getOutput()).isEmpty();
    pass(START + 3 * RETENTION);
    assertThat(written()).containsExactly((JsonNode) null);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void ofADeactivatedAuthorNothingIsFound() throws Exception {
    tell(row(1, "text", false));
    tell(author(1, "nora", false));
    assertThat(onlyWritten().path("hidden").asBoolean()).isTrue();
    tell(author(2, "nora", true));
    assertThat(onlyWritten().path("hidden").asBoolean()).isFalse();
    tell(author(1, "nora", false)); // from a replay
    assertThat(written()).isEmpty();
  }

  @Test
  void countsThatHaveMovedAreWrittenAtMostOnceAnInterval() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    written();
    tell(likes(1, 1));
    tell(likes(2, 2));
    assertThat(written()).isEmpty();
    harness.setProcessingTime(START + 9_999);
    assertThat(written()).isEmpty();
    harness.setProcessingTime(START + 10_000);
    assertThat(onlyWritten().path("likes_count").asLong()).isEqualTo(2);
  }

  @Test
  void countsThatHaveHardlyMovedAreWrittenWithinTheBound() throws Exception {
    tell(author(1, "nora", true));
    tell(likes(1_000, 1));
    tell(row(1, "text", false));
    written();
    tell(likes(1_001, 2));
    harness.setProcessingTime(START + 59_999);
    assertThat(written()).isEmpty();
    harness.setProcessingTime(START + 60_000);
    assertThat(onlyWritten().path("likes_count").asLong()).isEqualTo(1_001);
  }

  @Test
  void olderCountsChangeNothing() throws Exception {
    tell(author(1, "nora", true));
    tell(likes(10, 5));
    tell(likes(9, 4));
    tell(row(1, "text", false));
    assertThat(onlyWritten().path("likes_count").asLong()).isEqualTo(10);
  }

  @Test
  void aReplayIsHiddenAndThenWrittenOnceAboveAllThatWasWritten() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "one", false));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    tell(row(2, "two", false));
    tell(row(3, "three", false));
    long highest = writes().stream().mapToLong(DocumentWrite::version).max().orElseThrow();
    harness.close();

    start(state, START + 20_000);
    tell(row(2, "two", false));
    pass(START + 19_000);
    tell(row(3, "three", false));
    assertThat(harness.getOutput()).as("neither writes nor watermarks").isEmpty();
    pass(START + 20_200);
    assertThat(harness.getOutput()).last().isEqualTo(new Watermark(START + 20_200));
    List<DocumentWrite> writes = writes();
    assertThat(writes).hasSize(1);
    assertThat(writes.get(0).version()).isGreaterThan(highest);
    assertThat(new String(writes.get(0).json(), StandardCharsets.UTF_8)).contains("three");
  }

  /** Another run has filled it, at its own pace of counts. */
  @Test
  void aFirstReadThatIsInterruptedIsWrittenAfterTheNextOneAndOnce() throws Exception {
    harness.close();
    start(null, START);
    tell(row(1, "Hello", false));
    tell(author(1, "nora", true));
    OperatorSubtaskState state = harness.snapshot(1, START);
    harness.close();
    start(state, START + 20_000);
    pass(START + 10_000); // the moment of the first run's gate
    assertThat(written()).isEmpty();
    pass(START + 30_000);
    assertThat(onlyWritten().path("content").asText()).isEqualTo("Hello");
  }

  @Test
  void inAnIndexThatAnotherRunHasFilledCountsAreWrittenAgain() throws Exception {
    tell(author(1, "nora", true));
    tell(row(2, "Hello", false));
    tell(likes(5, 1));
    harness.setProcessingTime(START + 100_000);
    assertThat(written())
        .last()
        .satisfies(last -> assertThat(last.at("/likes_count").asInt()).isEqualTo(5));
    OperatorSubtaskState state = harness.snapshot(1, START + 100_000);
    for (String index : List.of("posts_v1", "posts_v2")) {
      harness.close();
      targets = targets(index);
      start(state, START + 200_000);
      pass(START + 300_000);
      harness.setProcessingTime(START + 300_000);
      assertThat(written()).as(index).hasSize(index.equals("posts_v2") ? 1 : 0);
    }
  }

  /** Somebody has put it into the index, or its row went while nobody looked. */
  @Test
  void aDocumentWithoutARowIsHiddenWhenItIsToBeWrittenAnewAndAnyRowIsNewer() throws Exception {
    tell(new DocumentInput.Refresh(POST));
    assertThat(onlyWritten().at("/hidden").asBoolean()).isTrue();
    tell(author(1, "nora", true));
    tell(row(2, "Hello", false));
    assertThat(written())
        .last()
        .satisfies(last -> assertThat(last.at("/hidden").asBoolean()).isFalse());
  }

  /** Its event is older than what the topic keeps: that nobody knows it does not say it is gone. */
  @Test
  void aPostFromEventsThatIsNotKnownIsLeftAsItIsWhenItIsToBeWrittenAnew() throws Exception {
    harness.close();
    mode = SearchMode.EVENTS;
    start(null, START);
    pass(START + 5_000);
    tell(new DocumentInput.Refresh(POST));
    tell(likes(5, 1));
    tell(new DocumentInput.Refresh(POST));
    pass(START + 10_000);
    assertThat(written()).isEmpty();
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    writes();
    tell(new DocumentInput.Refresh(POST));
    assertThat(onlyWritten().path("content").asText()).isEqualTo("text");
    var reel = new DocumentKey(DocumentType.REEL, Id.of(42));
    tell(new DocumentInput.Refresh(reel));
    assertThat(onlyWritten()).as("reels come from rows").hasToString(HIDDEN);
  }

  /** An edit may be the first event of such a post, long after the start. */
  @Test
  void countsAndVectorOfAPostFromEventsWaitForItsFirstEventForAsLongAsItTakes() throws Exception {
    harness.close();
    mode = SearchMode.EVENTS;
    start(null, START);
    tell(likes(5, 1));
    tell(vector("text"));
    pass(START + 5_000);
    pass(START + 3 * RETENTION);
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    JsonNode written = onlyWritten();
    assertThat(written.path("likes_count").asLong()).isEqualTo(5);
    assertThat(written.path("embedding").isArray()).isTrue();
  }

  @Test
  void anOutageOfTheRowsFreezesNothingAfterARestart() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    start(state, START + 20_000);
    tell(likes(5, 1));
    for (long second = 20; second < 80; second++) {
      assertThat(harness.getOutput()).isEmpty();
      harness.setProcessingTime(START + second * 1_000);
    }
    harness.setProcessingTime(START + 81_000);
    assertThat(onlyWritten().path("likes_count").asLong()).isEqualTo(5);
  }

  /** Each of its rows comes within the patience, and no time of rows comes until its end. */
  @Test
  void aSnapshotThatIsReadAfterARestartDoesNotFreezeTheDocuments() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    tell(complete(CdcTable.POSTS, 1, START + 5_000));
    pass(START + 6_000);
    writes();
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    start(state, START + 20_000);
    tell(likes(5, 1));
    for (long second = 0; second <= 12; second++) {
      harness.setProcessingTime(START + 20_000 + second * 1_000);
      tell(row(new RowVersion(2, 0), "text", false));
    }
    assertThat(written())
        .isNotEmpty()
        .allMatch(document -> document.path("likes_count").asLong() == 5);
  }

  /** What it does not know may exist, and an outage of the rows says nothing about it. */
  @Test
  void aFirstReadThatIsInterruptedHidesNothingThatIsStillToBeRead() throws Exception {
    harness.close();
    start(null, START);
    tell(new DocumentInput.Refresh(POST)); // the index holds it
    for (int restart = 1; restart <= 2; restart++) {
      OperatorSubtaskState state = harness.snapshot(restart, 1);
      harness.close();
      start(state, START + restart * 100_000);
      harness.setProcessingTime(START + restart * 100_000 + 90_000);
      assertThat(written()).as("restart %d", restart).isEmpty();
    }
    tell(row(1, "text", false));
    tell(author(1, "nora", true));
    pass(START + 300_000);
    assertThat(onlyWritten().path("content").asText()).isEqualTo("text");
  }

  private static TextVector vector(String text) {
    float[] numbers = {0.5f, -0.25f};
    return new TextVector(POST, TextHash.of(text), DocumentVector.bytes(numbers));
  }

  @Test
  void aVectorIsWrittenAtOnceWhenItComes() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "hello", false));
    assertThat(written()).singleElement().matches(document -> !document.has("embedding"));

    tell(vector("hello"));

    assertThat(written())
        .singleElement()
        .matches(document -> document.path("embedding").toString().equals("[0.5,-0.25]"));
    tell(author(2, "other", true));
    assertThat(written()).singleElement().matches(document -> document.has("embedding"));
  }

  @Test
  void aVectorThatIsThereFirstComesWithTheText() throws Exception {
    tell(vector("hello"));
    tell(author(1, "nora", true));
    tell(row(1, "hello", false));

    assertThat(written()).singleElement().matches(document -> document.has("embedding"));
  }

  @Test
  void aVectorOfAnotherTextIsNotShown() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "hello", false));
    tell(vector("hello"));
    writes();

    tell(row(2, "changed", false));
    assertThat(written()).singleElement().matches(document -> !document.has("embedding"));
    tell(vector("hello"));
    assertThat(writes()).isEmpty();
    tell(vector("changed"));
    assertThat(written()).singleElement().matches(document -> document.has("embedding"));
  }

  @Test
  void countsDoNotWaitForAVector() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "hello", false));
    writes();

    harness.setProcessingTime(START + 20_000);
    tell(likes(5, 1));

    assertThat(written())
        .singleElement()
        .matches(document -> document.path("likes_count").asLong() == 5)
        .matches(document -> !document.has("embedding"));
  }

  @Test
  void whatIsDeletedHasNoVector() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "hello", false));
    tell(vector("hello"));
    writes();

    tell(row(2, "hello", true));
    assertThat(written()).singleElement().matches(document -> !document.has("embedding"));
    tell(row(3, "hello", false));
    assertThat(written()).singleElement().matches(document -> document.has("embedding"));
    tell(new TextVector(POST, "", null));
    assertThat(written()).singleElement().matches(document -> !document.has("embedding"));
    tell(gone(4));
    pass(START + 4 + RETENTION);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  /** Its id comes again, and the vectors are faster than its row. */
  @Test
  void aVectorThatComesForADeletedIdIsKeptForTheRowToCome() throws Exception {
    harness.close();
    start(null, START + 2 * RETENTION);
    tell(vector("again"));
    tell(gone(2));
    pass(START + 2 * RETENTION + 5_000);
    assertThat(onlyWritten()).hasToString(HIDDEN);
    tell(of(7, 1, "nora", 3));
    tell(row(3, "again", false));
    assertThat(onlyWritten().has("embedding")).isTrue();
  }

  @Test
  void aVectorForADeletedIdIsForgottenWhenNoRowComes() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "hello", false));
    tell(gone(2));
    writes();
    harness.setProcessingTime(START + 10_000);
    tell(vector("again"));
    pass(START + 10_000 + RETENTION - 1);
    assertThat(written()).isEmpty();
    pass(START + 10_000 + RETENTION);
    assertThat(written()).containsExactly((JsonNode) null);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void aVectorOutlivesARestart() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "hello", false));
    tell(vector("hello"));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    start(state, START + 10_000);
    tell(row(1, "hello", false));
    pass(START + 20_000);

    assertThat(written()).last().matches(document -> document.has("embedding"));
  }

  private static DocumentInput complete(CdcTable table, long generation, long at) {
    return new DocumentInput.Generation(new GenerationComplete(table, generation, at));
  }

  /** So it is after a TRUNCATE as well: a new generation, of no rows. */
  @Test
  void whatOnlyAnOlderGenerationKnewIsHiddenBeforeTheWatermarkThatSaysSoAndLaterForgotten()
      throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    tell(complete(CdcTable.REELS, 2, START + 6_000));
    tell(complete(CdcTable.POSTS, 2, START + 7_000));
    writes();
    pass(START + 6_999);
    assertThat(written()).isEmpty();
    harness.getOutput().clear();

    pass(START + 7_000);
    assertThat(List.copyOf(harness.getOutput()))
        .satisfiesExactly(
            write -> assertThat(write).isInstanceOf(StreamRecord.class),
            mark -> assertThat(mark).isEqualTo(new Watermark(START + 7_000)));
    assertThat(onlyWritten()).hasToString(HIDDEN);
    tell(row(9, "of before", false)); // from a replay
    tell(author(2, "other", true));
    assertThat(written()).allSatisfy(document -> assertThat(document).hasToString(HIDDEN));

    pass(START + 7_000 + RETENTION);
    assertThat(written()).containsExactly((JsonNode) null);
    assertThat(harness.numKeyedStateEntries()).isZero();
    tell(author(3, "third", true));
    tell(row(9, "of before", false));
    assertThat(written()).isEmpty();
  }

  @Test
  void aRowOfTheCompleteGenerationStaysAndOneThatComesLaterIsShown() throws Exception {
    tell(author(1, "nora", true));
    tell(row(5, "text", false));
    tell(row(new RowVersion(2, 0), "text", false)); // read by the snapshot
    tell(complete(CdcTable.POSTS, 2, START + 6_000));
    writes();
    pass(START + 6_000);
    assertThat(written()).isEmpty();

    tell(complete(CdcTable.POSTS, 3, START + 7_000));
    pass(START + 7_000);
    assertThat(onlyWritten()).hasToString(HIDDEN);
    tell(row(new RowVersion(3, 0), "here again", false));
    assertThat(onlyWritten().path("content").asText()).isEqualTo("here again");
    pass(START + 7_000 + RETENTION);
    assertThat(written()).isEmpty();
  }

  @Test
  void afterAStartWithoutStateNothingOfOlderGenerationsIsShown() throws Exception {
    harness.close();
    start(null, START);
    tell(new DocumentInput.Refresh(POST)); // the index holds it
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    tell(complete(CdcTable.POSTS, 2, START - 5_000));
    pass(START - 5_000);
    tell(row(2, "another partition's", false));
    assertThat(written()).isEmpty();

    pass(START + 5_000);
    assertThat(onlyWritten()).hasToString(HIDDEN);
    pass(START + RETENTION);
    assertThat(written()).containsExactly((JsonNode) null);
  }

  @Test
  void aGenerationThatIsPendingInASnapshotTakesEffectAfterTheRestore() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    tell(complete(CdcTable.POSTS, 2, START + 19_000));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();

    start(state, START + 20_000);
    pass(START + 19_000);
    assertThat(written()).as("the gate is shut").isEmpty();
    pass(START + 20_200);
    assertThat(onlyWritten()).hasToString(HIDDEN);
  }

  @Test
  void aCompleteGenerationOutlivesARestart() throws Exception {
    tell(complete(CdcTable.POSTS, 2, START + 6_000));
    pass(START + 6_000);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();

    start(state, START + 20_000);
    pass(START + 30_000);
    tell(author(1, "nora", true));
    tell(row(1, "of before", false));
    assertThat(written()).isEmpty();
    tell(row(new RowVersion(2, 1), "of now", false));
    assertThat(onlyWritten().path("content").asText()).isEqualTo("of now");
  }

  /** The post was moved, and its former author is renamed afterwards. */
  @Test
  void aFormerAuthorHasNoSayInADocument() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    writes();
    tell(of(8, 5, "former", 1));
    assertThat(written()).isEmpty();
    harness.setProcessingTime(START + 20_000);
    tell(likes(5, 1));
    assertThat(onlyWritten().toString()).contains("\"username\":\"nora\"", "\"likes_count\":5");
  }

  /** So it is at a bootstrap: snapshots of both, then the row. */
  @Test
  void aFormerAuthorWhoseSnapshotComesBeforeTheRowKeepsNobodyAway() throws Exception {
    tell(author(1, "nora", true));
    tell(of(8, 5, "former", 1));
    tell(row(1, "text", false));
    assertThat(onlyWritten().at("/author/username").asText()).isEqualTo("nora");
  }

  /** The snapshot is faster than the row, which comes on another way. */
  @Test
  void aSnapshotThatOvertakesItsRowIsShownWithIt() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    writes();
    tell(of(8, 5, "next", 2));
    tell(of(8, 6, "next, renamed", 0));
    tell(author(2, "nora", true));
    assertThat(written()).extracting(document -> document.at("/author/id").asInt()).containsOnly(7);
    tell(rowOf(8, 2));
    assertThat(onlyWritten().at("/author/username").asText()).isEqualTo("next, renamed");
    tell(author(3, "nora", true));
    assertThat(written()).isEmpty();
  }

  @Test
  void aDocumentThatComesBackToAnAuthorShowsThem() throws Exception {
    tell(author(1, "nora", true));
    tell(row(1, "text", false));
    tell(of(8, 5, "between", 2));
    tell(of(7, 9, "nora", 3));
    writes();
    tell(rowOf(8, 2));
    assertThat(onlyWritten().at("/author/username").asText()).isEqualTo("between");
    tell(rowOf(7, 3));
    assertThat(onlyWritten().at("/author/username").asText()).isEqualTo("nora");
  }

  @Test
  void theChangeOfAnAuthorOfAForgottenDocumentLeavesNothing() throws Exception {
    tell(of(7, 5, "nora", 0));
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void whileTheGateIsShutSnapshotsWaitAndTheRowSaysWhoseCounts() throws Exception {
    harness.close();
    start(null, START);
    tell(of(8, 5, "former", 1));
    tell(rowOf(7, 2));
    tell(of(8, 6, "former, renamed", 0));
    tell(of(7, 1, "nora", 2));
    tell(of(8, 7, "former, renamed again", 0));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    start(state, START);
    tell(of(7, 2, "nora, renamed", 0));
    pass(START + 5_000);
    assertThat(onlyWritten().at("/author/username").asText()).isEqualTo("nora, renamed");
  }

  private static DocumentRow rowOf(long author, long lsn) {
    return new DocumentRow(
        POST, new RowVersion(1, lsn), true, false, Id.of(author), "text", "public", 1, 1, lsn);
  }

  /**
   * @param asOf LSN of the row that makes them the author; 0 if they have only changed
   */
  private static AuthorSnapshot of(long author, long lsn, String name, long asOf) {
    return new AuthorSnapshot(
        POST,
        new AuthorRow(
            Id.of(author), new RowVersion(1, lsn), true, name, "N. N.", null, false, false),
        asOf == 0 ? null : new RowVersion(1, asOf));
  }
}
