package com.shareuptime.streams.proof.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {
  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "53300", "25006", "55000", "40001", "40P01"})
  void aServerThatMayComeBackIsAnOutageHoweverTheFailureIsWrapped(String state) {
    SQLException failure = new SQLException("away", state);

    assertThat(Outage.isOne(failure)).isTrue();
    assertThat(Outage.isOne(new ExecutionException(new IllegalStateException(failure)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "42601", "57014", "25001"})
  void aRefusalIsNone(String state) {
    assertThat(Outage.isOne(new SQLException("refused", state))).isFalse();
    assertThat(Outage.isOne(new SQLException("without a state"))).isFalse();
    assertThat(Outage.isOne(new IllegalStateException("no statement at all"))).isFalse();
  }
}
