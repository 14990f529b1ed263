package com.shareuptime.streams.local.odd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Records as nobody should write them: well-formed ones of which one field has another type or a
 * value at an edge, lacks, or comes beside one that nobody knows; some cut off, some with bytes
 * that are none of theirs. All drawn from one seed.
 *
 * <p>It cannot draw two odd fields in one record, nor records of many megabytes.
 */
public final class OddRecords {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "{}",
          "[]",
          "[[[1]]]",
          "{\"a\":{\"b\":[null]}}",
          "0",
          "-0",
          "-1",
          "1",
          "42.0",
          "42.5",
          "4.2e1",
          "1e400",
          "-1e400",
          "1e-400",
          "2147483648",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "-9223372036854775809",
          "9".repeat(1001),
          "9".repeat(5000),
          "1." + "0".repeat(2000),
          "253402300800000",
          "253402300800000000",
          "\"\"",
          "\" \"",
          "\"null\"",
          "\"42\"",
          "\"-1\"",
          "\"true\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"😀\"",
          '"' + "😀".repeat(40) + '"',
          '"' + "x".repeat(70_000) + '"',
          '"' + "\\u00e9".repeat(40_000) + '"',
          "\"__debezium_unavailable_value\"",
          "\"infinity\"",
          "\"-infinity\"",
          "\"9999-12-31T23:59:59Z\"",
          "\"9999-12-31T23:59:59+00:00\"",
          "\"2262-04-12T00:00:00+00:00\"",
          "\"-0043-03-15T12:00:00Z\"",
          "\"-4712-01-01T00:00:00Z\"",
          "\"0000-01-01T00:00:00Z\"",
          "\"0001-01-01T00:00:00+18:00\"",
          "\"1969-12-31T23:59:59.999999Z\"",
          "\"+294276-12-31T23:59:59.999999Z\"",
          "\"+999999999-12-31T23:59:59.999999999-18:00\"",
          "\"-999999999-01-01T00:00:00+18:00\"",
          "\"+1000000000-01-01T00:00:00Z\"",
          "\"2026-11-24T24:00:00Z\"",
          "\"2026-02-30T00:00:00Z\"",
          "\"2026-11-24T23:59:60Z\"",
          "\"20261129T084334Z\"",
          "\"2026-11-29T08:43:34+0000\"",
          "\"2026-11-29 08:43:34 UTC\"",
          "\"2026-11-29T08:43:34\"",
          "\"2026-11-29\"",
          "\"-\"",
          "\"T\"",
          "\"Z\"",
          "\"٢٠٢٦-١١-٢٤T٢٣:٣٣:٣٤Z\"",
          "\"    -  -  T  :  :  Z\"",
          "[".repeat(900) + "]".repeat(900),
          "[".repeat(9_000) + "]".repeat(9_000),
          "[".repeat(20_000) + "]".repeat(20_000),
          "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000));

  private final Random random;

  /**
   * @param seed of all that is drawn
   */
  public OddRecords(long seed) {
    random = new Random(seed);
  }

  /**
   * The bytes of a well-formed record, made odd.
   *
   * @param record JSON; quotes may be single ones
   * @return null now and then, as a tombstone has
   */
  public byte[] odd(String record) {
    ObjectNode root = parse(record);
    return switch (random.nextInt(12)) {
      case 0 -> {
        byte[] bytes = bytes(root);
        yield Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 1 -> {
        byte[] bytes = bytes(root);
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        yield bytes;
      }
      case 2 -> {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        yield bytes;
      }
      case 3 -> random.nextInt(4) == 0 ? null : value().getBytes(StandardCharsets.UTF_8);
      case 4 -> {
        ObjectNode object = anyObject(root);
        object.remove(anyField(object));
        yield bytes(root);
      }
      case 5 -> {
        anyObject(root).putRawValue("unknown", new RawValue(value()));
        yield bytes(root);
      }
      default -> {
        ObjectNode object = anyObject(root);
        object.putRawValue(anyField(object), new RawValue(value()));
        yield bytes(root);
      }
    };
  }

  private String value() {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  private ObjectNode anyObject(ObjectNode root) {
    List<ObjectNode> objects = new ArrayList<>();
    collect(root, objects);
    return objects.get(random.nextInt(objects.size()));
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      objects.add(object);
    }
    node.forEach(child -> collect(child, objects));
  }

  private String anyField(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names.get(random.nextInt(names.size()));
  }

  private static ObjectNode parse(String record) {
    try {
      return (ObjectNode) JSON.readTree(record.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(ObjectNode root) {
    try {
      return JSON.writeValueAsBytes(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
