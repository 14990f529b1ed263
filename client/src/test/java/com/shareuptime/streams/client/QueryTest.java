package com.shareuptime.streams.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  @ParameterizedTest
  @ValueSource(strings = {"shown.sql", "newest.sql", "counters.sql"})
  void ofNumbersItIsTheFileWithoutItsMarks(String file) {
    assertThat(Query.ofKinds(Query.text(file), IdKinds.NUMBERS))
        .isEqualTo(Query.text(file).replaceAll("/\\*\\w+\\*/", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shown.sql", "newest.sql", "counters.sql"})
  void noMarkIsLeft(String file) {
    for (IdKind kind : IdKind.values()) {
      IdKinds kinds = new IdKinds(kind, kind, kind);
      assertThat(Query.ofKinds(PostTable.withCounters(file, kinds), kinds)).doesNotContain("/*");
    }
  }

  @Test
  void eachIdHasItsKind() {
    String text =
        "select $1::bigint/*users*/, $2::bigint/*posts*/[], $3::bigint order by id/*order*/";
    IdKinds kinds = new IdKinds(IdKind.UUID, IdKind.TEXT, IdKind.NUMBER);
    Query query = Query.of(text, kinds);
    assertThat(query.jdbc())
        .isEqualTo("select ?::uuid, ?::text[], ?::bigint order by id collate \"C\"");
    assertThat(query.order()).isEqualTo(List.of(1, 2, 3));
    assertThat(Query.ofKinds("c.id = p.id/*target*/", kinds))
        .isEqualTo("c.id = p.id::text collate \"C\"");
  }
}
