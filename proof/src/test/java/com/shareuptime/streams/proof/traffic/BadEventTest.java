package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BadEventTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @EnumSource
  void noneOfThemIsAnEventOfTheContract(BadEvent kind) {
    assertThat(isAllowed(kind.value(Target.post(Id.of(42)), "t1-7"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Announcement.Style.class)
  void whatIsMeantToBeAnEventIsOne(Announcement.Style style) {
    Interaction like =
        new Interaction(
            Change.LIKE, Target.reel(Id.of(3)), 0, 9, 0, Announcement.plain("t1-8", style));

    assertThat(isAllowed(EventJson.interaction(like, Instant.now()))).isTrue();
  }

  private static boolean isAllowed(byte[] value) {
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
        && id.isIntegralNumber()
        && id.bigIntegerValue().signum() > 0
        && id.bigIntegerValue().compareTo(BigInteger.valueOf(Long.MAX_VALUE)) <= 0
        && !isFarAhead(event.path("occurred_at"));
  }

  private static boolean isFarAhead(JsonNode occurredAt) {
    if (occurredAt.isMissingNode() || occurredAt.isNumber()) {
      return false;
    }
    Instant at = java.time.OffsetDateTime.parse(occurredAt.asText()).toInstant();
    return at.isAfter(Instant.now().plus(Duration.ofDays(1)));
  }
}
