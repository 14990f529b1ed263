package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowSqlTest {
  @Test
  void namesBecomePlacesAndCastsStay() {
    RowSql sql =
        RowSql.of("update reels set at = :odd_time::timestamptz, of = ':/' where id = :target");

    assertThat(sql.positional())
        .isEqualTo("update reels set at = ?::timestamptz, of = ':/' where id = ?");
    assertThat(sql.values()).containsExactly(SqlValue.ODD_TIME, SqlValue.TARGET);
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> RowSql.of("delete from likes where id = :row"))
        .hasMessage("there is no value :row");
  }

  @Test
  void whatMayConflictWaitsForNoOther() {
    assertThat(RowSql.of("insert into f values (:user)\non conflict do nothing").thatMayConflict())
        .contains(RowSql.of("insert into f values (:user)"));
    assertThat(RowSql.of("insert into f values (:user)").thatMayConflict()).isEmpty();
  }
}
