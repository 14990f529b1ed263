package com.shareuptime.streams.ingest.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IngestModelTest {
  private static final String TEXT =
      """
      create view users as select id, "Name" as username, active and not gone as is_active from app."User";
      create view posts as select id, author_id, body as content, at as created_at from app.entries where kind = 'a  b';
      create view follows as select a as follower_id, b as followee_id from app.friends
      union all select b as follower_id, a as followee_id from app.friends;
      """;

  private static boolean isSame(String other) {
    return new IngestModel(TEXT).isSameAs(new IngestModel(other));
  }

  @Test
  void spellingDoesNotMakeAnotherModel() {
    assertThat(isSame("-- a comment\n" + TEXT.replace("select", "SELECT\n   "))).isTrue();
    assertThat(isSame(TEXT.replace("active and not gone", "(active) AND (not gone)"))).isTrue();
    assertThat(isSame(Stream.of(TEXT.split("(?<=;)\n")).reduce((a, b) -> b + "\n" + a).get()))
        .as("the order of views")
        .isTrue();
  }

  @Test
  void anyOtherMeaningDoes() {
    assertThat(isSame(TEXT.replace("\"Name\"", "name"))).isFalse();
    assertThat(isSame(TEXT.replace("'a  b'", "'a b'"))).isFalse();
    assertThat(isSame(TEXT.replace("app.entries", "public.entries"))).isFalse();
    assertThat(isSame(TEXT.replace(" where kind = 'a  b'", ""))).isFalse();
    assertThat(isSame(TEXT.replace("and not", "or not"))).isFalse();
    assertThat(isSame("no model at all")).isFalse();
  }

  @Test
  void tablesAreNamedOnce() {
    assertThat(new IngestModel(TEXT).tables())
        .containsExactly(
            new SourceTable("app", "User"),
            new SourceTable("app", "entries"),
            new SourceTable("app", "friends"));
    assertThat(new SourceTable("app", "User").sqlName()).isEqualTo("app.\"User\"");
    assertThat(new SourceTable("app", "User")).hasToString("app.User");
  }
}
