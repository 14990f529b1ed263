package com.shareuptime.streams.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Target;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What is the same everywhere has the bytes that it always had, and the model may add to it. */
class CountLayoutsTest {
  private final DataOutputSerializer out = new DataOutputSerializer(64);

  @Test
  void postsAndReelsAreOneByteAndOthersTellTheirLabel() throws IOException {
    TargetTypes.write(Target.Type.POST, out);
    TargetTypes.write(Target.Type.REEL, out);
    TargetTypes.write(Target.Type.of("user"), out);
    assertThat(hex()).isEqualTo("00" + "01" + "02" + "0004" + "75736572");
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(TargetTypes.read(in)).isSameAs(Target.Type.POST);
    assertThat(TargetTypes.read(in)).isSameAs(Target.Type.REEL);
    assertThat(TargetTypes.read(in)).isEqualTo(Target.Type.of("user"));
    assertThatThrownBy(() -> TargetTypes.read(new DataInputDeserializer(new byte[] {3})))
        .isInstanceOf(IOException.class);
  }

  @Test
  void threeCountsAreWrittenAtLeast() throws IOException {
    PackedCounts layout = new PackedCounts();
    layout.write(Counts.of(5), out);
    layout.write(Counts.of(5, 0, 0, -1), out);
    assertThat(hex()).isEqualTo("03" + "0a0000" + "04" + "0a000001");
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(layout.read(in)).isEqualTo(Counts.of(5));
    assertThat(layout.read(in)).isEqualTo(Counts.of(5, 0, 0, -1));
  }

  @Test
  void tablesHaveTheNumbersThatTheyAlwaysHad() throws IOException {
    CdcTable saves =
        CdcTable.of(
            new CountedView(
                CounterKind.of(3), "saves", "save", Set.of("post"), null, false, IdKind.NUMBER));
    CdcTable.Serializer layout = new CdcTable.Serializer();
    for (CdcTable table : CdcTable.FIXED) {
      layout.write(table, out);
    }
    layout.write(saves, out);
    assertThat(hex()).isEqualTo("00010203040506" + "07" + "0005" + "7361766573");
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    for (CdcTable table : CdcTable.FIXED) {
      assertThat(layout.read(in)).isSameAs(table);
    }
    CdcTable read = layout.read(in);
    assertThat(List.of(read.topic(), read.counter()))
        .containsExactly("cdc.saves", CounterKind.of(3));
  }

  private String hex() {
    return HexFormat.of().formatHex(out.getCopyOfBuffer());
  }
}
