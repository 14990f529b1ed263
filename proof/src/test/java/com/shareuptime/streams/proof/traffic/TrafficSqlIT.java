package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.Servers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficSqlIT {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyStatementFitsItsTablesAndEveryEffectTheViews(boolean uuids) throws Exception {
    Product product = uuids ? Servers.uuids() : Servers.product(); // which prepares all statements
    IdKind kind = uuids ? IdKind.UUID : IdKind.NUMBER;

    assertThat(product.kinds().users()).isEqualTo(kind);
    assertThat(product.ids().comments()).isEqualTo(kind);
    everyEffectFitsTheViews(product);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mastodon", "prisma", "rails"})
  void thoseOfOtherShapesFitToo(String model) throws Exception {
    everyEffectFitsTheViews(Servers.of(model));
  }

  private static void everyEffectFitsTheViews(Product product) throws SQLException {
    try (Connection connection = product.addresses().connect()) {
      for (Change change : Change.values()) {
        for (Target.Type type : Target.Type.DOCUMENTS) {
          Optional<RowSql> effect = change.effect(type);
          if (effect.isPresent() && product.sql().has(change, type)) {
            prepare(connection, effect.get());
          }
        }
      }
    }
  }

  private static void prepare(Connection connection, RowSql sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.positional())) {
      assertThat(statement.getParameterMetaData().getParameterCount())
          .isEqualTo(sql.values().size());
    }
  }

  @Test
  void aStatementThatDoesNotFitIsNamed() throws Exception {
    TrafficSql other = Servers.uuids().sql();

    assertThatThrownBy(() -> Product.of(Servers.addresses(), other))
        .hasMessageContaining("shareuptime-uuid/traffic.sql: statement ")
        .hasMessageContaining("does not exist");
  }
}
