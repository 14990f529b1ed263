package com.shareuptime.streams.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Arguments;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.mapper.ColumnMappers;
import org.junit.jupiter.api.Test;

class SqlIdsTest {
  private final Jdbi jdbi =
      Jdbi.create(
              () -> {
                throw new AssertionError("no statement is made");
              })
          .installPlugin(new SqlIds());

  private final List<String> called = new ArrayList<>();

  /** Notes what it is asked, and answers with one value. */
  private <T> T driver(Class<T> type, Object answer) {
    Object driver =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              called.add(method.getName() + Arrays.deepToString(arguments));
              return answer;
            });
    return type.cast(driver);
  }

  private void bind(Object value, Connection connection) throws Exception {
    jdbi.getConfig(Arguments.class)
        .findFor(value.getClass(), value)
        .orElseThrow()
        .apply(3, driver(PreparedStatement.class, connection), null);
  }

  @Test
  void anIdIsOneParameter() throws Exception {
    bind(Id.of(7), null);
    assertThat(called).containsExactly("setObject[3, 7]");
  }

  @Test
  void manyIdsAreAnArray() throws Exception {
    bind(Ids.of(Id.of(7), Id.of(5)), driver(Connection.class, null));
    assertThat(called).contains("createArrayOf[bigint, [7, 5]]");
  }

  @Test
  void whatIsNoNumberGetsTheTypeOfItsColumn() throws Exception {
    bind(Id.ofUuid(7, 8), null);
    assertThat(called)
        .containsExactly("setObject[3, 00000000-0000-0007-0000-000000000008, " + Types.OTHER + "]");
    Connection connection = driver(Connection.class, driver(Array.class, "{a,b}"));
    called.clear();
    bind(Ids.of(Id.of("a"), Id.of("b")), connection);
    assertThat(called)
        .contains("createArrayOf[text, [a, b]]", "setObject[3, {a,b}, " + Types.OTHER + "]");
  }

  @Test
  void aColumnIsReadAsAnId() throws Exception {
    ColumnMapper<Id> ids = jdbi.getConfig(ColumnMappers.class).findFor(Id.class).orElseThrow();
    assertThat(ids.map(driver(ResultSet.class, 7L), 2, null)).isEqualTo(Id.of(7));
    assertThat(ids.map(driver(ResultSet.class, null), 2, null)).isNull();
  }
}
