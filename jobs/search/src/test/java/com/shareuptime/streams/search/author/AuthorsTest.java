package com.shareuptime.streams.search.author;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.search.document.AuthorSnapshot;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.serialization.IdSerializer;
import com.shareuptime.streams.testing.DrawnIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorsTest {
  private static final int PER_SECOND = 1_000;

  private KeyedOneInputStreamOperatorTestHarness<Id, AuthorChange, DocumentInput> harness;
  private long now = 1_000;

  /** Of documents. */
  DrawnIds ids() {
    return DrawnIds.NUMBERS;
  }

  @BeforeEach
  void start() throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new Authors(PER_SECOND, new IdKinds(IdKind.NUMBER, ids().kind(), ids().kind()))),
            AuthorChange::author,
            IdSerializer.TYPE);
    harness.setup(
        DocumentInput.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    harness.setProcessingTime(now);
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  private void tell(AuthorChange input) throws Exception {
    harness.processElement(new StreamRecord<>(input));
  }

  private static AuthorChange named(long lsn, String name) {
    return new AuthorChange.Changed(
        new AuthorRow(Id.of(7), new RowVersion(1, lsn), true, name, name, null, false, false));
  }

  private AuthorChange wrote(DocumentType type, long id) {
    return new AuthorChange.Wrote(
        Id.of(7), new DocumentKey(type, ids().of(id)), new RowVersion(1, id));
  }

  private void writePosts(int count) throws Exception {
    for (long post = 1; post <= count; post++) {
      tell(wrote(DocumentType.POST, post));
    }
  }

  private List<AuthorSnapshot> sent() {
    List<AuthorSnapshot> sent = new ArrayList<>();
    for (Object output : harness.getOutput()) {
      sent.add((AuthorSnapshot) ((StreamRecord<?>) output).getValue());
    }
    harness.getOutput().clear();
    return sent;
  }

  @Test
  void aNewDocumentIsToldOfItsAuthorWhicheverComesFirst() throws Exception {
    tell(wrote(DocumentType.REEL, 1));
    assertThat(sent()).isEmpty();
    tell(named(1, "nora"));
    tell(wrote(DocumentType.POST, 1));
    assertThat(sent())
        .extracting(snapshot -> snapshot.document().type())
        .containsExactly(DocumentType.REEL, DocumentType.POST);
  }

  @Test
  void aDocumentThatHasLeftIsToldNothingMoreWhetherTheAuthorWasKnownOrNot() throws Exception {
    var left = new AuthorChange.Left(Id.of(7), document(1));
    writePosts(2);
    tell(left);
    tell(named(1, "nora"));
    assertThat(sent())
        .extracting(snapshot -> snapshot.document().id())
        .containsExactly(ids().of(2));
    tell(wrote(DocumentType.POST, 1));
    tell(left);
    sent();
    tell(named(2, "nora b."));
    assertThat(sent())
        .extracting(snapshot -> snapshot.document().id())
        .containsExactly(ids().of(2));
  }

  @Test
  void theAnswerSaysByWhichRowTheDocumentIsTheAuthors() throws Exception {
    tell(wrote(DocumentType.POST, 1));
    tell(named(1, "nora"));
    tell(wrote(DocumentType.POST, 2));
    assertThat(sent())
        .extracting(AuthorSnapshot::asOf)
        .containsExactly(new RowVersion(1, 1), new RowVersion(1, 2));
    tell(named(2, "nora b."));
    assertThat(sent()).extracting(AuthorSnapshot::asOf).containsOnlyNulls();
  }

  /** Postgres does not log a large value that an update leaves alone. */
  @Test
  void whatAChangeDoesNotCarryStaysAsItWas() throws Exception {
    String unchanged = Unlogged.PLACEHOLDER;
    tell(wrote(DocumentType.POST, 1));
    tell(new AuthorChange.Changed(author(1, "nora", "Nora", "picture")));
    sent();
    tell(new AuthorChange.Changed(author(2, "nora b.", unchanged, unchanged)));
    tell(new AuthorChange.Changed(author(3, unchanged, "Nora B.", unchanged)));
    tell(new AuthorChange.Changed(author(4, unchanged, unchanged, null)));
    tell(new AuthorChange.Changed(author(4, unchanged, unchanged, unchanged)));
    assertThat(sent())
        .extracting(AuthorSnapshot::author)
        .containsExactly(
            author(2, "nora b.", "Nora", "picture"),
            author(3, "nora b.", "Nora B.", "picture"),
            author(4, "nora b.", "Nora B.", null));
  }

  private static AuthorRow author(long lsn, String username, String displayName, String avatar) {
    return new AuthorRow(
        Id.of(7), new RowVersion(1, lsn), true, username, displayName, avatar, false, false);
  }

  @Test
  void aChangeThatNobodySeesIsNotTold() throws Exception {
    writePosts(3);
    tell(named(1, "nora"));
    sent();
    tell(named(2, "nora"));
    tell(named(1, "old"));
    assertThat(sent()).isEmpty();
  }

  @Test
  void aRenameOfManyDocumentsGoesAtItsPaceAndReachesThemAll() throws Exception {
    tell(named(1, "nora"));
    writePosts(5_000);
    sent();
    tell(named(2, "nora b."));
    assertThat(sent()).as("at once").isEmpty();
    List<AuthorSnapshot> told = new ArrayList<>();
    while (told.size() < 5_000 && now < 60_000) {
      now += 10;
      harness.setProcessingTime(now);
      List<AuthorSnapshot> some = sent();
      told.addAll(some);
      assertThat(told.size()).isLessThan((int) (now - 1_000) * PER_SECOND / 1_000 + 200);
    }
    assertThat(told).extracting(AuthorSnapshot::document).doesNotHaveDuplicates().hasSize(5_000);
    assertThat(told).allMatch(snapshot -> snapshot.author().username().equals("nora b."));
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 200, 600})
  void anAuthorOfFewDocumentsDoesNotWaitForOneOfMany(int few) throws Exception {
    tell(named(1, "nora"));
    writePosts(20_000);
    for (long post = 0; post < few; post++) {
      tell(new AuthorChange.Wrote(Id.of(8), document(1_000_000 + post), new RowVersion(1, 1)));
    }
    tell(named(8, 1, "other"));
    sent();
    tell(named(2, "nora b."));
    passTime(3_000);
    tell(named(8, 2, "other b."));
    passTime(2_500);
    assertThat(sent())
        .filteredOn(snapshot -> snapshot.author().author().equals(Id.of(8)))
        .hasSize(few);
  }

  @Test
  void renamesThatFollowFastAreNoFasterThanOne() throws Exception {
    tell(named(1, "nora"));
    writePosts(5_000);
    sent();
    for (int rename = 2; rename < 50; rename++) {
      tell(named(rename, "nora " + rename));
    }
    passTime(2_000);
    assertThat(sent().size()).isBetween(1_000, 2_500);
  }

  /** They have nothing to show until then. */
  @Test
  void theFirstNewsOfAnAuthorOfManyDocumentsIsToldAtOnce() throws Exception {
    writePosts(5_000);
    tell(named(1, "nora"));
    assertThat(sent()).hasSize(5_000);
  }

  @Test
  void documentsThatComeAndGoDuringARenameKeepNoneFromBeingTold() throws Exception {
    tell(named(1, "nora"));
    writePosts(3_000);
    sent();
    tell(named(2, "nora b."));
    Set<Id> told = new HashSet<>();
    for (int step = 0; step < 3_000; step++) {
      passTime(5);
      sent().forEach(snapshot -> told.add(snapshot.document().id()));
      if (step % 3 == 0 && step < 2_000) {
        tell(new AuthorChange.Left(Id.of(7), document(1 + step)));
        tell(wrote(DocumentType.POST, 10_000 + step));
      }
    }
    for (long post = 1; post <= 3_000; post++) {
      if ((post - 1) % 3 != 0 || post > 2_000) {
        assertThat(told).contains(ids().of(post));
      }
    }
  }

  private void passTime(long millis) throws Exception {
    for (long end = now + millis; now < end; now += 5) {
      harness.setProcessingTime(now + 5);
    }
  }

  private DocumentKey document(long post) {
    return new DocumentKey(DocumentType.POST, ids().of(post));
  }

  private static AuthorChange named(long author, long lsn, String name) {
    return new AuthorChange.Changed(
        new AuthorRow(Id.of(author), new RowVersion(1, lsn), true, name, name, null, false, false));
  }

  @Test
  void aNewerRenameStartsAgain() throws Exception {
    tell(named(1, "nora"));
    writePosts(500);
    sent();
    tell(named(2, "second"));
    now += 200;
    harness.setProcessingTime(now);
    assertThat(sent().size()).isBetween(1, 499);
    tell(named(3, "third"));
    List<AuthorSnapshot> told = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      now += 10;
      harness.setProcessingTime(now);
      told.addAll(sent());
    }
    assertThat(told).extracting(AuthorSnapshot::document).doesNotHaveDuplicates().hasSize(500);
    assertThat(told).allMatch(snapshot -> snapshot.author().username().equals("third"));
  }
}
