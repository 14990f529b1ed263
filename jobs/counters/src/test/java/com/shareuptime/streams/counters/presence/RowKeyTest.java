package com.shareuptime.streams.counters.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** State of earlier builds lies where the hash of a key said, under the bytes of the key. */
class RowKeyTest {
  private static final RowKey COMMENT = RowKey.of(CounterKind.COMMENTS, Id.of(5));
  private static final RowKey LIKE =
      RowKey.of(CounterKind.LIKES, Target.Type.REEL, Id.of(42), Id.of(7));

  @Test
  void aKeyHashesAsItAlwaysDid() {
    assertThat(COMMENT.hashCode()).isEqualTo(1_953_797_419);
    assertThat(LIKE.hashCode()).isEqualTo(789_986_133);
  }

  @Test
  void aKeyIsWrittenAsItAlwaysWas() throws IOException {
    assertThat(bytes(COMMENT)).endsWith("00" + "0000000000000005" + "0000000000000000");
    assertThat(bytes(LIKE)).endsWith("01" + "000000000000002a" + "0000000000000007").hasSize(36);
  }

  @Test
  void aKeyOfOwnColumnsIsItsTextOrTheHashOfALongOne() throws IOException {
    RowKey text = own("{\"$id\":7,\"$branch\":1}");
    assertThat(text.first()).isEqualTo(Id.of("{\"$id\":7,\"$branch\":1}"));
    RowKey hashed = own("{\"$uri\":\"" + "x".repeat(255) + "\"}");
    assertThat(hashed.first().isUuid()).isTrue();
    RowKey another = own("{\"$uri\":\"" + "x".repeat(256) + "\"}");
    assertThat(List.of(text, hashed, another, own("{\"$id\":7}"))).doesNotHaveDuplicates();
    assertThat(bytes(hashed)).hasSize(2 * (2 + 25 + 8));
    assertThat(bytes(text)).hasSizeGreaterThan(2 * (2 + 8));
  }

  /** Of other targets the label is in the key, and of other counters the next numbers. */
  @Test
  void aKeyOfAnyTargetIsAnother() throws IOException {
    Target.Type comment = Target.Type.of("comment");
    RowKey saved = RowKey.of(CounterKind.of(3), comment, Id.of(42), Id.of(7));
    assertThat(bytes(saved)).startsWith("07" + "02" + "0007" + "636f6d6d656e74");
    RowKey user = RowKey.of(CounterKind.of(3), Target.Type.of("user"), Id.of(42), Id.of(7));
    assertThat(List.of(saved, user, RowKey.of(CounterKind.of(3), Id.of(42))))
        .doesNotHaveDuplicates();
    assertThat(bytes(RowKey.of(CounterKind.of(63), Id.of(5)))).startsWith("43");
  }

  private static RowKey own(String json) {
    return RowKey.ofOwn(CounterKind.LIKES, json.getBytes(StandardCharsets.UTF_8));
  }

  private static String bytes(RowKey key) throws IOException {
    var serializer = new RowKey.Serializer();
    var out = new DataOutputSerializer(18);
    serializer.write(key, out);
    byte[] bytes = out.getCopyOfBuffer();
    assertThat(serializer.read(new DataInputDeserializer(bytes))).isEqualTo(key);
    return HexFormat.of().formatHex(bytes);
  }
}
