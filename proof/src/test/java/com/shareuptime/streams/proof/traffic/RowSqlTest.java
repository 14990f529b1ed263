package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import org.junit.jupiter.api.Test;

class RowSqlTest {
  @Test
  void namesBecomePlacesAndCastsStay() {
    RowSql sql =
        RowSql.of("update {table} set at = :odd_time::timestamptz, {text} = ':/' where id = :row");

    assertThat(sql.text(Target.reel(Id.of(3))))
        .isEqualTo("update reels set at = ?::timestamptz, caption = ':/' where id = ?");
    assertThat(sql.values()).hasToString("[ODD_TIME, ROW]");
  }

  @Test
  void whatMayConflictWaitsForNoOther() {
    assertThat(Change.LIKE.sql().text(Target.post(Id.of(1)))).endsWith("on conflict do nothing");
    assertThat(Change.LIKE.sqlThatMayConflict().text(Target.post(Id.of(1))))
        .isEqualTo("insert into likes (target_type, target_id, user_id) values (?, ?, ?)");
  }
}
