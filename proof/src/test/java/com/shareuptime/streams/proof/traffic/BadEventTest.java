package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadEventTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @MethodSource
  void noneOfThemIsAnEventOfTheContract(BadEvent bad, IdKind kind) {
    Target target = Target.post(IdSpelling.of(42, kind));

    assertThat(isAllowed(bad.value(target, "t1-7"), kind)).isFalse();
  }

  static Stream<Arguments> noneOfThemIsAnEventOfTheContract() {
    return ofEachKind(BadEvent.values());
  }

  @ParameterizedTest
  @MethodSource
  void whatIsMeantToBeAnEventIsOne(Announcement.Style style, IdKind kind) {
    PlannedIds ids = new PlannedIds(new IdKinds(kind, kind, kind), kind, kind);
    Interaction like =
        new Interaction(
            Change.LIKE, Target.reel(Id.of(3)), 0, 9, 0, Announcement.plain("t1-8", style));

    assertThat(isAllowed(EventJson.interaction(like, ids, Instant.now()), kind)).isTrue();
  }

  static Stream<Arguments> whatIsMeantToBeAnEventIsOne() {
    return ofEachKind(Announcement.Style.values());
  }

  private static Stream<Arguments> ofEachKind(Object[] all) {
    return Stream.of(all)
        .flatMap(one -> Stream.of(IdKind.values()).map(kind -> Arguments.of(one, kind)));
  }

  private static boolean isAllowed(byte[] value, IdKind kind) {
    if (value.length > 1 << 20) {
      return false;
    }
    JsonNode event;
    try {
      event =
          JSON.readTree(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
    } catch (CharacterCodingException e) {
      return false;
    } catch (IOException e) {
      return false;
    }
    JsonNode id = event.path("target_id");
    String eventId = event.path("event_id").asText("");
    return event.isObject()
        && !eventId.isEmpty()
        && eventId.length() <= 64
        && Set.of("like", "comment", "share").contains(event.path("type").asText())
        && Set.of("create", "delete").contains(event.path("action").asText())
        && Set.of("post", "reel").contains(event.path("target").asText())
        && isId(id, kind)
        && !isFarAhead(event.path("occurred_at"));
  }

  private static boolean isId(JsonNode id, IdKind kind) {
    return switch (kind) {
      case NUMBER ->
          id.isIntegralNumber()
              && id.bigIntegerValue().signum() > 0
              && id.bigIntegerValue().compareTo(BigInteger.valueOf(Long.MAX_VALUE)) <= 0;
      case UUID ->
          id.isTextual() && id.asText().matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
      case TEXT -> id.isTextual() && !id.asText().isEmpty() && id.asText().length() < 256;
    };
  }

  private static boolean isFarAhead(JsonNode occurredAt) {
    if (occurredAt.isMissingNode() || occurredAt.isNumber()) {
      return false;
    }
    Instant at = java.time.OffsetDateTime.parse(occurredAt.asText()).toInstant();
    return at.isAfter(Instant.now().plus(Duration.ofDays(1)));
  }
}
