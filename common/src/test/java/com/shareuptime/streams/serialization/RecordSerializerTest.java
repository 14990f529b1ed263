package com.shareuptime.streams.serialization;

import static com.shareuptime.streams.serialization.Layout.Form.BYTE;
import static com.shareuptime.streams.serialization.Layout.Form.NAME;
import static com.shareuptime.streams.serialization.Layout.Form.OPTIONAL;
import static com.shareuptime.streams.serialization.Layout.Form.SHORT;
import static com.shareuptime.streams.serialization.Layout.Form.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class RecordSerializerTest {
  private enum Color {
    RED,
    GREEN
  }

  private record Point(int x, int y) {}

  @SuppressWarnings("ArrayRecordComponent") // compared field by field
  private record Shape(
      long id,
      @Layout(as = BYTE) int sides,
      @Layout(as = SHORT) int width,
      boolean filled,
      Color color,
      @Layout(as = NAME) Color border,
      String name,
      @Layout(as = TEXT) String story,
      byte[] image,
      long[] weights,
      @Layout(as = OPTIONAL) Point origin,
      List<Point> corners,
      @Layout(by = Negated.class) Long depth,
      @Layout(since = 2) long born,
      @Layout(since = 2) List<Point> holes,
      @Layout(since = 3, as = OPTIONAL) Point center) {}

  /** Not as any long is. */
  public static final class Negated extends ValueSerializer<Long> {
    @Override
    protected void write(Long value, DataOutputView out) throws IOException {
      out.writeLong(-value);
    }

    @Override
    protected Long read(DataInputView in) throws IOException {
      return -in.readLong();
    }
  }

  /** In the third layout. */
  @InState(newest = 3)
  public static final class ShapeSerializer extends RecordSerializer<Shape> {}

  private static final Shape WHOLE =
      new Shape(
          1,
          -2,
          700,
          true,
          Color.GREEN,
          Color.RED,
          "å",
          "s".repeat(70_000),
          new byte[] {1, 2},
          new long[] {3, 4},
          new Point(5, 6),
          List.of(new Point(7, 8), new Point(9, 10)),
          11L,
          12,
          List.of(new Point(13, 14)),
          new Point(15, 16));

  private static final Shape BARE =
      new Shape(
          1,
          0,
          0,
          false,
          Color.RED,
          Color.RED,
          "",
          null,
          null,
          new long[0],
          null,
          List.of(),
          0L,
          0,
          List.of(),
          null);

  @Test
  void everyFormIsReadAsItWasWritten() throws Exception {
    for (Shape shape : List.of(WHOLE, BARE)) {
      assertThat(read(new ShapeSerializer(), written(new ShapeSerializer(), shape)))
          .usingRecursiveComparison()
          .isEqualTo(shape);
    }
  }

  @Test
  void whatAnEarlierLayoutLacksIsEmpty() throws Exception {
    byte[] newest = written(new ShapeSerializer(), BARE);
    byte[] second = Arrays.copyOf(newest, newest.length - 1);
    second[0] = 2;
    byte[] first = Arrays.copyOf(second, second.length - 12);
    first[0] = 1;
    for (byte[] earlier : List.of(first, second)) {
      assertThat(read(new ShapeSerializer(), earlier)).usingRecursiveComparison().isEqualTo(BARE);
    }
  }

  @Test
  void aLayoutOfALaterBuildIsRefused() throws Exception {
    byte[] later = written(new ShapeSerializer(), BARE);
    later[0] = 4;
    assertThatThrownBy(() -> read(new ShapeSerializer(), later))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("state of layout 4; this build knows 1 to 3");
  }

  /** Flink sends it to each task. */
  @Test
  void aSerializerThatWasSentWritesTheSame() throws Exception {
    TypeSerializer<Shape> used = new ShapeSerializer();
    byte[] bytes = written(used, WHOLE);
    assertThat(written(InstantiationUtil.clone(used), WHOLE)).isEqualTo(bytes);
  }

  private sealed interface Message {
    record Named(String name) implements Message {}

    record Counted(long count, @Layout(since = 2) long since) implements Message {}

    record Forgotten() implements Message {}
  }

  /** Without one of the cases, as nobody may leave it. */
  @InState(newest = 2)
  public static final class MessageSerializer extends UnionSerializer<Message> {
    public MessageSerializer() {
      super("message", Message.Named.class, Message.Counted.class);
    }

    @Override
    protected Message restored(Message message, int layout) {
      return message instanceof Message.Counted counted && layout == 1
          ? new Message.Counted(counted.count, -1)
          : message;
    }
  }

  @Test
  void aCaseIsReadByItsTag() throws Exception {
    for (Message message : List.of(new Message.Named("a"), new Message.Counted(7, 8))) {
      assertThat(read(new MessageSerializer(), written(new MessageSerializer(), message)))
          .isEqualTo(message);
    }
    assertThat(written(new MessageSerializer(), new Message.Named("a")))
        .containsExactly(2, 0, 0, 1, 'a');
  }

  @Test
  void aValueOfAnEarlierLayoutIsRestoredAsThisBuildMeansIt() throws Exception {
    assertThat(read(new MessageSerializer(), new byte[] {1, 1, 0, 0, 0, 0, 0, 0, 0, 7}))
        .isEqualTo(new Message.Counted(7, -1));
  }

  @Test
  void noValueIsOfAnotherCase() {
    assertThatThrownBy(() -> read(new MessageSerializer(), new byte[] {2, 2}))
        .isInstanceOf(IOException.class)
        .hasMessage("no message has the tag 2");
    assertThatThrownBy(() -> written(new MessageSerializer(), new Message.Forgotten()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no tag is listed for the message");
  }

  private static <T> byte[] written(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static <T> T read(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputDeserializer(bytes));
  }
}
