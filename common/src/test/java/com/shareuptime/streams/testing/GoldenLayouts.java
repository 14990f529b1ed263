package com.shareuptime.streams.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Values beside the bytes that an earlier build has written of them, a file for each. This build
 * writes the same and reads it. A file is never written anew for a change that breaks it: state has
 * such bytes. To write a first file: {@code -Dtest.jvm=-Dgolden.write=true}.
 */
public final class GoldenLayouts {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private GoldenLayouts() {}

  /** Holds that {@code value} is written as {@code name} has it, and read from that. */
  public static <T> void verify(String name, TypeInformation<T> type, T value) {
    byte[] bytes = written(type, value);
    Path file = file(name);
    try {
      if (Boolean.getBoolean("golden.write") && !Files.exists(file)) {
        Files.createDirectories(FOLDER);
        Files.writeString(file, HexFormat.of().formatHex(bytes) + '\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(HexFormat.of().formatHex(bytes)).as(name).isEqualTo(text(file));
    verifyRead(name, type, value);
  }

  /** Holds that what an earlier build has written as {@code name} is read as {@code value}. */
  public static <T> void verifyRead(String name, TypeInformation<T> type, T value) {
    assertRead(name, type, HexFormat.of().parseHex(text(file(name))), value);
  }

  /** Holds that what is written is read: of values that no state keeps. */
  public static <T> void verifyCarried(TypeInformation<T> type, T value) {
    assertRead(type.toString(), type, written(type, value), value);
  }

  private static <T> void assertRead(
      String name, TypeInformation<T> type, byte[] bytes, T expected) {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    try {
      assertThat(serializer(type).deserialize(in))
          .as(name)
          .usingRecursiveComparison()
          .withStrictTypeChecking()
          .isEqualTo(expected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(in.available()).as("bytes of %s that are left", name).isZero();
  }

  private static <T> byte[] written(TypeInformation<T> type, T value) {
    DataOutputSerializer out = new DataOutputSerializer(64);
    try {
      serializer(type).serialize(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.getCopyOfBuffer();
  }

  private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
    return type.createSerializer(new SerializerConfigImpl());
  }

  private static Path file(String name) {
    return FOLDER.resolve(name + ".layout");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
