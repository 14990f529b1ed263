package com.shareuptime.streams.reconcile.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.reconcile.compare.Difference;
import com.shareuptime.streams.reconcile.compare.Difference.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentCopyTest {
  private static final Document TRUTH = document("Hello", "nora", 5);

  @Test
  void whatShowsTheTablesDoesNotDiffer() {
    assertThat(copy(1, document("Hello", "nora", 5)).differenceFrom(TRUTH)).isEmpty();
    assertThat(DocumentCopy.ABSENT.differenceFrom(null)).isEmpty();
  }

  @Test
  void aChangedFieldIsNamedWithBothValuesAndIsWrongAtOnce() {
    Difference difference = difference(document("Hallo", "nora", 5), TRUTH);
    assertThat(difference)
        .isEqualTo(new Difference(Kind.WRONG, "content Hello", "content Hallo", false));
  }

  @Test
  void aFieldThatIsNotThereDiffersFromOneThatIs() {
    Map<String, String> fields = new HashMap<>(TRUTH.fields());
    fields.remove("visibility");
    assertThat(
            difference(new Document(fields, TRUTH.counts(), CountedView.CANONICAL), TRUTH).found())
        .isEqualTo("visibility none");
  }

  @Test
  void ofALongTextThePlaceIsToldWhereItDiffers() {
    String text = "x".repeat(500);
    Difference difference = difference(document(text + "y", "nora", 5), document(text, "nora", 5));
    assertThat(difference.expected()).isEqualTo("content …" + "x".repeat(10));
    assertThat(difference.found()).isEqualTo("content …" + "x".repeat(10) + "y");
  }

  /** What was too large for its topic is filled from the table, up to a size. */
  @Test
  void theFirstThreeMillionCharactersOfATextAreEnough() {
    String begin = "\uD83D\uDE42" + "x".repeat(2_999_999);
    Document whole = document(begin + "y", "nora", 5);
    assertThat(copy(1, document(begin, "nora", 5)).differenceFrom(whole)).isEmpty();
    assertThat(copy(1, document(begin + "z", "nora", 5)).differenceFrom(whole)).isPresent();
    assertThat(copy(1, document(begin.substring(0, 2_000_000), "nora", 5)).differenceFrom(whole))
        .isPresent();
  }

  @Test
  void countsAndAuthorsMayFollowLater() {
    Difference difference = difference(document("Hello", "norah", 4), TRUTH);
    assertThat(difference.settlesLater()).isTrue();
    assertThat(difference.found())
        .isEqualTo("author.username norah, counts " + Counts.of(4).json(CountedView.CANONICAL));
  }

  @Test
  void whatMayFollowLaterDoesNotExcuseAWrongField() {
    Difference difference = difference(document("Hallo", "norah", 4), TRUTH);
    assertThat(difference.settlesLater()).isFalse();
    assertThat(difference.found()).isEqualTo("content Hallo");
  }

  @Test
  void whatIsNotFoundIsMissingAndWhatMustNotBeFoundIsExtra() {
    assertThat(difference(null, TRUTH).kind()).isEqualTo(Kind.MISSING);
    assertThat(difference(TRUTH, null).kind()).isEqualTo(Kind.EXTRA);
  }

  @Test
  void aFieldStaysWrongWhileCountsAreWritten() {
    DocumentCopy before = copy(1, document("Hello", "norah", 3));
    DocumentCopy now = copy(2, document("Hello", "norah", 4));
    assertThat(now.lastingFrom(before, TRUTH, TRUTH))
        .map(Difference::found)
        .contains("author.username norah");
  }

  @Test
  void whatChangesMeanwhileIsNotStillWrong() {
    DocumentCopy before = copy(1, document("Hello", "nora", 3));
    DocumentCopy now = copy(2, document("Hello", "nora", 4));
    assertThat(now.lastingFrom(before, TRUTH, TRUTH)).isEmpty();
    assertThat(now.lastingFrom(DocumentCopy.ABSENT, TRUTH, TRUTH)).isEmpty();
    assertThat(DocumentCopy.ABSENT.lastingFrom(now, null, TRUTH)).isEmpty();
    Document edited = document("Hi", "nora", 4);
    assertThat(copy(2, TRUTH).lastingFrom(copy(1, TRUTH), edited, TRUTH)).isEmpty();
  }

  @Test
  void whatMustNotBeFoundIsExtraHoweverOftenItIsWritten() {
    DocumentCopy before = copy(1, document("Hello", "nora", 3));
    DocumentCopy now = copy(2, document("Hello", "nora", 4));
    assertThat(now.lastingFrom(before, null, null)).map(Difference::kind).contains(Kind.EXTRA);
  }

  @Test
  void countsOfAHotDocumentLieWithinWhatTheTablesHadButItsFieldsMustBeRight() {
    List<Document> states = List.of(document("Hello", "nora", 9), document("Hello", "nora", 5));
    assertThat(copy(1, document("Hello", "nora", 7)).liesWithin(states)).isTrue();
    assertThat(copy(1, document("Hello", "nora", 4)).liesWithin(states)).isFalse();
    assertThat(copy(1, document("Hello", "norah", 7)).liesWithin(states)).isFalse();
    List<Document> edited = List.of(document("Hi", "nora", 9), document("Hello", "nora", 5));
    assertThat(copy(1, document("Hi", "nora", 7)).liesWithin(edited)).isTrue();
    assertThat(copy(1, document("Hello", "nora", 7)).liesWithin(edited)).isFalse();
    assertThat(DocumentCopy.ABSENT.liesWithin(states)).isFalse();
  }

  private static Difference difference(Document shown, Document truth) {
    return copy(1, shown).differenceFrom(truth).orElseThrow();
  }

  private static DocumentCopy copy(long version, Document document) {
    return new DocumentCopy(version, document);
  }

  private static Document document(String content, String author, long likes) {
    return new Document(
        Map.of("content", content, "author.username", author, "visibility", "public"),
        Counts.of(likes, 0, 0),
        CountedView.CANONICAL);
  }
}
