package com.shareuptime.streams.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.author.AuthorChange;
import com.shareuptime.streams.search.author.Authors;
import com.shareuptime.streams.search.author.AuthorshipRow;
import com.shareuptime.streams.search.author.TrackAuthorship;
import com.shareuptime.streams.search.document.AssembleDocument;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.search.document.AuthorSnapshot;
import com.shareuptime.streams.search.document.CountPace;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.document.DocumentRow;
import com.shareuptime.streams.search.document.DocumentSettings;
import com.shareuptime.streams.search.document.DocumentWrite;
import com.shareuptime.streams.serialization.IdSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * State that an earlier build has written is read by this one, at two subtasks as at one. A file is
 * never written anew for a change that breaks it: a new layout gets a new version byte, and a file
 * beside the old one. To write a first file: {@code -Dtest.jvm=-Dgolden.write=true}.
 */
class GoldenStateTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  /** The layout that this build writes. */
  private static final int NEWEST = 4;

  private static final long START = 1_000_000_000L;
  private static final int POSTS = 50;
  private static final Id AUTHOR = Id.of(7);
  private static final Id OTHER = Id.of(8);

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1", "2, 2", "3, 1", "3, 2", "4, 1", "4, 2"})
  void documentsOfAnEarlierBuildAreRead(int layout, int parallelism) throws Exception {
    writeDocumentsIfAsked();
    int right = 0;
    for (int subtask = 0; subtask < parallelism; subtask++) {
      try (var harness = documents(parallelism, subtask, START + 60_000)) {
        harness.initializeState(state("documents", layout, parallelism, subtask));
        harness.open();
        for (int id = 1; id <= POSTS; id++) {
          if (isIn(post(id), parallelism, subtask)) {
            harness.processElement(new StreamRecord<>(new DocumentInput.Refresh(post(id))));
          }
        }
        harness.processWatermark(new Watermark(START + 70_000));
        for (DocumentWrite write : harness.extractOutputValues()) {
          String json = new String(write.json(), StandardCharsets.UTF_8);
          assertThat(json)
              .contains(
                  "\"username\":\"nora\"",
                  "\"content\":\"post " + write.document().id() + '"',
                  "\"likes_count\":" + write.document().id());
          right++;
        }
      }
    }
    assertThat(right).isEqualTo(POSTS);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1", "2, 2", "3, 1", "3, 2", "4, 1", "4, 2"})
  void authorsOfAnEarlierBuildAreRead(int layout, int parallelism) throws Exception {
    writeAuthorsIfAsked();
    List<DocumentKey> told = new ArrayList<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      try (var harness = authors(parallelism, subtask, START + 60_000)) {
        harness.initializeState(state("authors", layout, parallelism, subtask));
        harness.open();
        for (Id author : List.of(AUTHOR, OTHER)) {
          if (isIn(author, parallelism, subtask)) {
            harness.processElement(
                new StreamRecord<>(new AuthorChange.Changed(author(author, 20, "renamed"))));
          }
        }
        for (int step = 1; step < 1_000; step++) {
          harness.setProcessingTime(START + 60_000 + step * 100);
        }
        for (DocumentInput output : harness.extractOutputValues()) {
          AuthorSnapshot snapshot = (AuthorSnapshot) output;
          assertThat(snapshot.author().username()).isEqualTo("renamed");
          told.add(snapshot.document());
        }
      }
    }
    assertThat(told).doesNotHaveDuplicates().hasSize(2 * POSTS);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "2, 2", "3, 1", "3, 2", "4, 1", "4, 2"})
  void authorshipOfAnEarlierBuildIsRead(int layout, int parallelism) throws Exception {
    writeAuthorshipIfAsked();
    int left = 0;
    for (int subtask = 0; subtask < parallelism; subtask++) {
      try (var harness = authorship(parallelism, subtask)) {
        harness.initializeState(state("authorship", layout, parallelism, subtask));
        harness.open();
        for (int id = 1; id <= POSTS; id++) {
          if (isIn(post(id), parallelism, subtask)) {
            harness.processElement(new StreamRecord<>(moved(id, 9, OTHER)));
            harness.processElement(new StreamRecord<>(moved(id, 11, OTHER)));
          }
        }
        for (AuthorChange output : harness.extractOutputValues()) {
          assertThat(output.author())
              .isEqualTo(output instanceof AuthorChange.Left ? AUTHOR : OTHER);
          left += output instanceof AuthorChange.Left ? 1 : 0;
        }
      }
    }
    assertThat(left).isEqualTo(POSTS);
  }

  private static void writeAuthorshipIfAsked() throws Exception {
    if (isToWrite("authorship")) {
      try (var harness = authorship(1, 0)) {
        harness.open();
        for (int id = 1; id <= POSTS; id++) {
          harness.processElement(new StreamRecord<>(moved(id, 10, AUTHOR)));
        }
        write("authorship", harness.snapshot(1, START));
      }
    }
  }

  private static AuthorshipRow moved(long id, long lsn, Id author) {
    return new AuthorshipRow(post(id), new RowVersion(1 << 20, lsn, lsn), author, START);
  }

  private static KeyedOneInputStreamOperatorTestHarness<DocumentKey, AuthorshipRow, AuthorChange>
      authorship(int parallelism, int subtask) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new TrackAuthorship(100_000_000)),
            AuthorshipRow::document,
            DocumentKey.TYPE,
            720,
            parallelism,
            subtask);
    harness.setup(
        AuthorChange.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    return harness;
  }

  private static void writeDocumentsIfAsked() throws Exception {
    if (isToWrite("documents")) {
      try (var harness = documents(1, 0, START)) {
        harness.open();
        for (int id = 1; id <= POSTS; id++) {
          harness.processElement(
              new StreamRecord<>(
                  new DocumentRow(
                      post(id),
                      new RowVersion(1 << 20, 10),
                      true,
                      false,
                      AUTHOR,
                      "post " + id,
                      "public",
                      1,
                      2,
                      START)));
          harness.processElement(
              new StreamRecord<>(
                  new AuthorSnapshot(
                      post(id), author(AUTHOR, 5, "nora"), new RowVersion(1 << 20, 10))));
          harness.processElement(
              new StreamRecord<>(new DocumentInput.Counted(post(id), Counts.of(id), 1)));
        }
        harness.processWatermark(new Watermark(START + 10_000));
        write("documents", harness.snapshot(1, START));
      }
    }
  }

  /** One author who is known, and one of whom only the posts are. */
  private static void writeAuthorsIfAsked() throws Exception {
    if (isToWrite("authors")) {
      try (var harness = authors(1, 0, START)) {
        harness.open();
        harness.processElement(
            new StreamRecord<>(new AuthorChange.Changed(author(AUTHOR, 5, "nora"))));
        for (int id = 1; id <= POSTS; id++) {
          harness.processElement(
              new StreamRecord<>(
                  new AuthorChange.Wrote(AUTHOR, post(id), new RowVersion(1 << 20, 10))));
          harness.processElement(
              new StreamRecord<>(
                  new AuthorChange.Wrote(OTHER, post(POSTS + id), new RowVersion(1 << 20, 10))));
        }
        write("authors", harness.snapshot(1, START));
      }
    }
  }

  private static boolean isToWrite(String operator) {
    return Boolean.getBoolean("golden.write") && !Files.exists(file(operator, NEWEST));
  }

  private static void write(String operator, OperatorSubtaskState state) throws Exception {
    Files.createDirectories(FOLDER);
    OperatorSnapshotUtil.writeStateHandle(state, file(operator, NEWEST).toString());
  }

  private static OperatorSubtaskState state(
      String operator, int layout, int parallelism, int subtask) throws Exception {
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(
        OperatorSnapshotUtil.readStateHandle(file(operator, layout).toString()),
        720,
        1,
        parallelism,
        subtask);
  }

  private static Path file(String operator, int layout) {
    return FOLDER.resolve("%s-%d.snapshot".formatted(operator, layout));
  }

  private static boolean isIn(Object key, int parallelism, int subtask) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, 720, parallelism) == subtask;
  }

  private static DocumentKey post(long id) {
    return new DocumentKey(DocumentType.POST, Id.of(id));
  }

  private static AuthorRow author(Id id, long lsn, String name) {
    return new AuthorRow(id, new RowVersion(1 << 20, lsn), true, name, "N. N.", null, false, false);
  }

  private static KeyedOneInputStreamOperatorTestHarness<DocumentKey, DocumentInput, DocumentWrite>
      documents(int parallelism, int subtask, long now) throws Exception {
    AtomicLong runs = new AtomicLong();
    var settings =
        new DocumentSettings(
            new CountPace(Duration.ofSeconds(10), Duration.ofSeconds(60)),
            200,
            1_000,
            10_000,
            100_000_000,
            1_000_000_000,
            true,
            SearchMode.CDC);
    var targets =
        new SearchTargets(Map.of(DocumentType.POST, "posts_v1", DocumentType.REEL, "reels_v1"));
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new AssembleDocument(settings, targets, runs::incrementAndGet, IdKinds.NUMBERS),
            DocumentInput::document,
            DocumentKey.TYPE,
            720,
            parallelism,
            subtask);
    harness.setProcessingTime(now);
    harness.setup(
        DocumentWrite.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<Id, AuthorChange, DocumentInput> authors(
      int parallelism, int subtask, long now) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new Authors(1_000, IdKinds.NUMBERS)),
            AuthorChange::author,
            IdSerializer.TYPE,
            720,
            parallelism,
            subtask);
    harness.setProcessingTime(now);
    harness.setup(
        DocumentInput.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    return harness;
  }
}
