package com.shareuptime.streams.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Id UUID = Id.of("c0ffee00-0000-4000-8000-0000000000ff");
  private static final List<Id> NUMBERS =
      List.of(
          Id.of(Long.MIN_VALUE), Id.of(-1), Id.of(0), Id.of(7), Id.of(1L << 40), Id.of(1L << 62));
  private static final List<Id> TEXTS =
      List.of(
          Id.of("+7"),
          Id.of("7"),
          Id.of("at://did:plc:x/post/1"),
          UUID,
          Id.of("p/\"ü"),
          Id.of("p\uFFFD"),
          Id.of("p\uD83D\uDE00"));

  @Test
  void anIdIsTheNumberThatItWasMadeOf() {
    assertThat(Id.of(7)).isEqualTo(Id.parse("7")).isNotEqualTo(Id.of(8));
    // as the keys of state that earlier builds have left
    assertThat(Id.of(7_000_000_000_007L)).hasSameHashCodeAs(7_000_000_000_007L);
    assertThat(Id.of(7)).hasToString("7");
  }

  @Test
  void idsAreOrderedAsTheirNumbers() {
    assertThat(NUMBERS).isSorted();
  }

  @Test
  void textsAreOrderedAsTheirBytesAndStandBehindNumbers() {
    List<Id> all = new ArrayList<>(List.of(Id.LOWEST));
    all.addAll(NUMBERS);
    all.addAll(TEXTS);
    all.add(Id.HIGHEST);
    assertThat(all).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aUuidIsPackedAndOrderedAsItsText() {
    Random random = new Random(42);
    List<String> texts =
        Stream.generate(() -> new java.util.UUID(random.nextLong(), random.nextLong()).toString())
            .limit(1_000)
            .sorted()
            .toList();
    List<Id> ids = texts.stream().map(Id::of).toList();
    assertThat(ids).isSorted().allMatch(Id::isUuid);
    assertThat(ids.stream().map(Id::toString)).isEqualTo(texts);
    assertThat(Id.of("C0FFEE00-0000-4000-8000-0000000000FF").isUuid()).isFalse();
    assertThat(IdKind.UUID.parse("C0FFEE00-0000-4000-8000-0000000000FF")).isEqualTo(UUID);
  }

  @Test
  void anIdComesBackFromEachOfItsSpellings() throws Exception {
    for (Id id : Stream.concat(NUMBERS.stream(), TEXTS.stream()).toList()) {
      IdKind kind = id.isNumber() ? IdKind.NUMBER : IdKind.TEXT;
      assertThat(kind.parse(id.toString())).isEqualTo(id);
      assertThat(Id.ofSql(kind.sql(id))).isEqualTo(id);
      assertThat(JSON.readValue(JSON.writeValueAsString(id), Id.class)).isEqualTo(id);
      StringBuilder json = new StringBuilder();
      IdJson.write(id, json);
      assertThat(JSON.readValue(json.toString(), Id.class)).isEqualTo(id);
      try (JsonParser parser = JSON.createParser(json.toString())) {
        parser.nextToken();
        assertThat(IdJson.readAny(parser)).isEqualTo(id);
      }
    }
    assertThat(IdKind.UUID.sql(UUID)).isEqualTo(java.util.UUID.fromString(UUID.toString()));
  }

  @Test
  void whatIsNoIdIsRefused() throws Exception {
    assertThatThrownBy(() -> Id.parse("seven")).isInstanceOf(IllegalArgumentException.class);
    for (String json : List.of("null", "\"7\"", "0", "-7", "7.5", "9223372036854775808", "{}")) {
      assertThatThrownBy(() -> IdJson.read(JSON.readTree(json)))
          .as(json)
          .hasMessageContaining("is not a number above 0");
    }
    assertThatThrownBy(() -> IdKind.UUID.parse("7")).hasMessageContaining("is no UUID");
    assertThatThrownBy(() -> IdKind.TEXT.parse("")).hasMessageContaining("empty");
    assertThatThrownBy(() -> IdKind.TEXT.parse("ü".repeat(128)))
        .hasMessageContaining("at most 255 bytes");
    assertThatThrownBy(() -> IdKind.TEXT.read(JSON.readTree("7"))).hasMessageContaining("text");
    for (String text : List.of("a\0b", "\ud835", "\udd38a", "a\ud835b")) {
      assertThatThrownBy(() -> IdKind.TEXT.parse(text)).hasMessageContaining("NUL, or half");
    }
    assertThat(IdKind.TEXT.parse("\ud835\udd38")).isEqualTo(Id.of("\ud835\udd38"));
    for (String json : List.of("7.5", "true", "{}", "9223372036854775808")) {
      assertThatThrownBy(() -> JSON.readValue(json, Id.class))
          .as(json)
          .isInstanceOf(JsonProcessingException.class);
    }
  }
}
