package com.shareuptime.streams.contract.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Members are spelled here as other languages spell them, newest first as Redis gives them. */
class ZsetDecoderTest {
  private record Member(String name, double score) {}

  private static final ZsetDecoder<Member> ZSETS =
      new ZsetDecoder<>(Member::name, Member::score, IdKind.NUMBER);
  private static final Member MARK = new Member("~", 1_700_000_000_000_005d);

  private static Member post(long id, long position) {
    return new Member(Long.toString(id), position);
  }

  private static Slice slice(Member mark, List<Member> members, int limit, Cursor below) {
    return ZSETS.slice(mark.score, members, mark.score, limit, below).orElseThrow();
  }

  @Test
  void aWholeZsetHasItsPostsAndItsMark() {
    Map<Id, Long> positions = new HashMap<>();
    List<String> others = new ArrayList<>();
    List<Member> members =
        List.of(post(42, 1_700_000_000_123_456L), MARK, new Member("x", 1), post(7, 2));
    assertThat(ZSETS.whole(members, positions::put, others::add)).hasValue(1_700_000_000_000_005L);
    assertThat(positions).isEqualTo(Map.of(Id.of(42), 1_700_000_000_123_456L, Id.of(7), 2L));
    assertThat(others).containsExactly("x");
    assertThat(ZSETS.whole(members.subList(0, 1), (post, at) -> {}, other -> {})).isEmpty();
  }

  @Test
  void whatIsEncodedIsDecoded() {
    areDecoded(Map.of(Id.of(1), 1L, Id.of(Long.MAX_VALUE), (1L << 53) - 1), IdKind.NUMBER);
    areDecoded(Map.of(Id.ofUuid(7, 1), 1L, Id.ofUuid(-1, 1), 2L), IdKind.UUID);
    areDecoded(Map.of(Id.of("7"), 1L, Id.of("~"), 2L, Id.of("{%"), 3L), IdKind.TEXT);
  }

  private static void areDecoded(Map<Id, Long> positions, IdKind kind) {
    Map<String, Double> members = FeedZset.members(positions, 0);
    assertThat(members).containsEntry("~", 0d).hasSize(positions.size() + 1);
    Map<Id, Long> decoded = new HashMap<>();
    assertThat(
            new ZsetDecoder<Map.Entry<String, Double>>(Map.Entry::getKey, Map.Entry::getValue, kind)
                .whole(members.entrySet(), decoded::put, other -> {}))
        .hasValue(0);
    assertThat(decoded).isEqualTo(positions);
  }

  @Test
  void withoutAMarkThereIsNoAnswer() {
    assertThat(ZSETS.slice(null, List.of(), 1d, 10, Cursor.TOP)).isEmpty();
    assertThat(ZSETS.slice(1d, List.of(), null, 10, Cursor.TOP)).isEmpty();
  }

  @Test
  void aMarkThatRoseMeanwhileCounts() {
    assertThat(ZSETS.slice(10d, List.of(), 20d, 10, Cursor.TOP).orElseThrow().mark()).isEqualTo(20);
  }

  @Test
  void whatTheLimitCutsOffEndsAboveTheLastEntry() {
    List<Member> two = List.of(post(1, 300), post(2, 200));
    Member mark = new Member("~", 100);
    assertThat(slice(mark, two, 2, Cursor.TOP))
        .isEqualTo(
            new Slice(List.of(new Cursor(300, Id.of(1)), new Cursor(200, Id.of(2))), 100, 200));
    assertThat(slice(mark, two, 3, Cursor.TOP).floor()).isEqualTo(100);
    assertThat(slice(mark, two, -1, Cursor.TOP).floor()).isEqualTo(100);
    assertThat(slice(mark, List.of(post(1, 300), mark), 2, Cursor.TOP).floor()).isEqualTo(100);
  }

  @Test
  void entriesAreOlderThanTheCursor() {
    List<Member> ties = List.of(post(9, 300), post(10, 300));
    assertThat(slice(new Member("~", 0), ties, 5, new Cursor(300, Id.of(10))).entries())
        .containsExactly(new Cursor(300, Id.of(9)));
  }

  /** Of what stands at the farthest score only the table knows how new it is. */
  @Test
  void thePostsOfAllLaterTimesStandAtTheFarthestScore() {
    List<Member> farthest = List.of(post(9, (1L << 53) - 1));
    Cursor muchLater = new Cursor(Long.MAX_VALUE - 1, Id.of(1));
    assertThat(slice(new Member("~", 0), farthest, 5, muchLater).entries())
        .containsExactly(new Cursor(Long.MAX_VALUE, Id.of(9)));
  }

  @Test
  void aMemberThatIsNoPostIsNoAnswer() {
    assertThatThrownBy(() -> slice(MARK, List.of(new Member("x", 1)), 5, Cursor.TOP))
        .isInstanceOf(NumberFormatException.class);
  }

  @Test
  void aPageReadsSomeMoreThanItShows() {
    assertThat(Window.TOP.ofFeed(20)).isEqualTo(60);
    assertThat(Window.TOP.ofTimeline(20)).isEqualTo(26);
    assertThat(Window.WHOLE.ofFeed(20)).isNegative();
    assertThat(Window.WHOLE.ofTimeline(20)).isNegative();
  }
}
