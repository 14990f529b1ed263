package com.shareuptime.streams.proof.bench.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShapeTest {
  private static final int EVENTS = 200_000;

  @ParameterizedTest
  @EnumSource
  void theSameSeedDrawsTheSamePostsAndAnotherOneOthers(Shape shape) {
    int[] first = shape.draw(EVENTS, 1);
    int[] again = shape.draw(EVENTS, 1);
    int[] others = shape.draw(EVENTS, 2);

    assertThat(again).isEqualTo(first);
    assertThat(others).isNotEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void postsStayWithinTheirNumber(Shape shape) {
    assertThat(Arrays.stream(shape.draw(EVENTS, 3)).summaryStatistics())
        .satisfies(ids -> assertThat(ids.getMin()).isPositive())
        .satisfies(ids -> assertThat(ids.getMax()).isLessThanOrEqualTo(shape.posts()));
  }

  @Test
  void eachShapeIsAsSkewedAsItSays() {
    assertThat(shareOfTopPost(Shape.UNIFORM)).isLessThan(0.001);
    // 1 / H(1,000,000)
    assertThat(shareOfTopPost(Shape.ZIPF)).isBetween(0.066, 0.073);
    assertThat(shareOfTopPost(Shape.HOT)).isBetween(0.49, 0.51);
  }

  @Test
  void everyEventHasItsOwnIdAndTheOtherFieldsOfTheContract() throws Exception {
    EventEncoder speller = new EventEncoder(7);
    long at = Instant.parse("2026-01-02T03:04:05.678Z").toEpochMilli();
    JsonNode one = json(speller.like(42, 7, at));
    JsonNode other = json(speller.like(42, 7, at));

    assertThat(one.path("event_id").asText()).hasSize(36);
    assertThat(one.path("event_id")).isNotEqualTo(other.path("event_id"));
    assertThat(one.path("target_id").asLong()).isEqualTo(42);
    assertThat(one.path("occurred_at").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(json(new EventEncoder(7).like(42, 7, at))).isEqualTo(one);
  }

  private static JsonNode json(byte[] value) throws Exception {
    return new ObjectMapper().readTree(new String(value, UTF_8));
  }

  private static double shareOfTopPost(Shape shape) {
    int[] counts = new int[shape.posts() + 1];
    for (int post : shape.draw(EVENTS, 4)) {
      counts[post]++;
    }
    return Arrays.stream(counts).max().orElseThrow() / (double) EVENTS;
  }
}
