package com.shareuptime.streams.ingest.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableEditor;
import io.debezium.relational.TableId;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.junit.jupiter.api.Test;

class KeyChunksTest {
  private static final int INT2 = 21;
  private static final int INT8 = 20;
  private static final int UUID = 2950;
  private static final int VARCHAR = 1043;
  private static final int ENUM = 16_500;

  /** Of the key's columns the types, by their numbers. */
  private static Column column(int... types) {
    TableEditor table = Table.editor().tableId(new TableId(null, "public", "t"));
    for (int i = 0; i < types.length; i++) {
      table.addColumn(Column.editor().name("c" + i).type("a_domain").nativeType(types[i]).create());
    }
    return KeyChunks.column(
        table
            .setPrimaryKeyNames(
                Stream.iterate(0, i -> i + 1).limit(types.length).map(i -> "c" + i).toList())
            .create());
  }

  @Test
  void aFirstColumnThatIsANumberOrAUuidCuts() {
    assertThat(column(INT2, INT8).name()).isEqualTo("c0");
    assertThat(column(UUID, INT8).name()).isEqualTo("c0");
  }

  @Test
  void elseTheLastNumberDoesThenTheLastUuidThenATextAndNothingElse() {
    assertThat(column(VARCHAR, UUID, INT8, INT8).name()).isEqualTo("c3");
    assertThat(column(ENUM, UUID, UUID).name()).isEqualTo("c2");
    assertThat(column(ENUM, VARCHAR).name()).isEqualTo("c1");
    assertThat(column(ENUM).name()).isEqualTo("c0");
  }

  /** The connector knows types by their names. */
  @Test
  void aDomainIsOfTheTypeBelowIt() {
    assertThat(column(UUID).typeName()).isEqualTo("uuid");
    assertThat(KeyChunks.type(column(INT8))).isEqualTo(DataTypes.BIGINT());
    assertThat(KeyChunks.type(column(ENUM))).isEqualTo(DataTypes.STRING());
  }
}
