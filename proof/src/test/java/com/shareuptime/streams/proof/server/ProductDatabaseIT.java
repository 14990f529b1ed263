package com.shareuptime.streams.proof.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.Servers;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProductDatabaseIT {
  private Handle handle;

  @BeforeEach
  void open() throws Exception {
    handle = ProductDatabase.at(Servers.addresses()).open();
  }

  @AfterEach
  void close() {
    handle.close();
  }

  @Test
  void twoColumnsAreAMap() {
    assertThat(
            ProductDatabase.pairs(
                handle.select("select s, n from (values ('a', 1), ('b', 2)) v (s, n)"),
                String.class,
                Long.class))
        .isEqualTo(Map.of("a", 1L, "b", 2L));
  }

  @Test
  void idsAndTextsAreArrays() {
    assertThat(
            handle
                .createQuery("select t || i from unnest(?::text[], ?::bigint[]) u (t, i)")
                .bindArray(0, String.class, List.of("x", "y"))
                .bindArray(1, Long.class, List.of(1L, 2L))
                .mapTo(String.class)
                .list())
        .containsExactly("x1", "y2");
  }

  @Test
  void positionsAndTargetsAreOurs() {
    assertThat(handle.select("select pg_lsn '1/2'").mapTo(Lsn.class).one())
        .isEqualTo(Lsn.parse("1/2"));
    assertThat(handle.select("select null::pg_lsn").mapTo(Lsn.class).one()).isEqualTo(Lsn.NONE);
    assertThat(
            handle.select("select 'reel' as target_type, 7 as target_id").mapTo(Target.class).one())
        .isEqualTo(Target.reel(Id.of(7)));
  }

  @Test
  void theDriversOwnWordsAreToldWithoutTheStatement() {
    assertThatThrownBy(() -> handle.execute("select 1 from nowhere where 'secret' = ?", "value"))
        .isInstanceOfSatisfying(
            JdbiException.class,
            failure ->
                assertThat(Outage.failure(failure))
                    .hasMessageContaining("nowhere")
                    .hasMessageNotContaining("secret"));
  }
}
