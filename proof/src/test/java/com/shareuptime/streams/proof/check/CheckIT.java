package com.shareuptime.streams.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.proof.Servers;
import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.traffic.Fault;
import com.shareuptime.streams.proof.traffic.Product;
import com.shareuptime.streams.proof.traffic.Simulator;
import com.shareuptime.streams.proof.traffic.TrafficOptions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

class CheckIT {
  private Product product;

  @BeforeEach
  void findServers() throws Exception {
    product = Servers.product();
  }

  @AfterEach
  void emptyTheSinks() throws Exception {
    try (Connection connection = product.addresses().connect();
        Statement statement = connection.createStatement();
        Jedis redis = product.addresses().redis()) {
      statement.execute("truncate streams.counters, streams.pipeline_progress");
      redis.flushAll();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRightPipelineIsFoundRight(boolean uuids) throws Exception {
    product = uuids ? Servers.uuids() : product;
    CheckReport report = check(UnaryOperator.identity(), Set.of(), 40);

    assertThat(CheckTable.of(report)).contains("all right");
    assertThat(report.isRight()).isTrue();
    assertThat(report.ownWrites().done()).isEqualTo(40);
    assertThat(ofCounters(report))
        .allSatisfy(
            surface -> {
              assertThat(surface.compared()).isGreaterThan(1_000);
              assertThat(surface.reads()).isPositive();
              assertThat(surface.measured()).isPositive();
            });
  }

  @Test
  void aPipelineThatServesOneLikeTooFewBreaksItsPromises() throws Exception {
    CheckReport report =
        check(
            right -> right.plus(CounterKind.LIKES, right.of(CounterKind.LIKES) > 0 ? -1 : 0),
            Set.of(),
            10);

    assertThat(report.isRight()).isFalse();
    assertThat(report.ownWrites().staleReads()).isEqualTo(20);
    assertThat(ofCounters(report))
        .allSatisfy(
            surface -> {
              assertThat(surface.wrong()).isPositive();
              assertThat(surface.violations()).containsKey(Violation.BROKEN_PROMISE);
              assertThat(surface.examples()).isNotEmpty();
            });
  }

  @Test
  void badEventsWithoutDeadLettersAreMissed() throws Exception {
    CheckReport report = check(UnaryOperator.identity(), Set.of(Fault.MALFORMED), 1);

    assertThat(report.surfaces()).allMatch(SurfaceResult::isRight);
    assertThat(report.deadLetters().sent()).isPositive();
    assertThat(report.deadLetters().missing()).isEqualTo(report.deadLetters().sent());
    assertThat(report.isRight()).isFalse();
  }

  private static List<SurfaceResult> ofCounters(CheckReport report) {
    List<SurfaceResult> found =
        report.surfaces().stream()
            .filter(surface -> CounterCheck.SURFACES.contains(surface.surface()))
            .toList();
    assertThat(found).hasSize(2);
    return found;
  }

  private CheckReport check(UnaryOperator<Counts> mistake, Set<Fault> faults, int ownWrites)
      throws Exception {
    CheckOptions options =
        new CheckOptions(ownWrites, Duration.ofSeconds(20), Duration.ofSeconds(2));
    try (Check check = new Check(product, options, Optional.empty(), false, line -> {});
        Simulator simulator =
            new Simulator(
                product, new TrafficOptions(0, 2_000, 5, 1.0, 0.1, faults), check.ledger())) {
      simulator.prepare();
      check.watch(simulator.growing());
      try (PipelineByHand pipeline = new PipelineByHand(product, mistake)) {
        assertThat(check.awaitFirstProgress()).isTrue();
        check.writeAndRead();
        simulator.run();
        return check.finish(simulator);
      }
    }
  }
}
