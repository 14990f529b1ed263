package com.shareuptime.streams.counters.presence;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.serialization.IdSerializer;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The identity of a row that counts. A key of Flink state, so its hash depends on its content
 * alone.
 *
 * @param table of a counter
 * @param discriminator 0 of a row with an id; else the target's type
 * @param first the row's id; else the target's
 * @param second 0; else the actor's id
 */
public record RowKey(CdcTable table, int discriminator, Id first, Id second) {

  /** Flink's type of these keys. */
  public static final TypeInformation<RowKey> TYPE =
      ValueType.ofKey(RowKey.class, new Serializer());

  private static final Id NONE = Id.of(0);

  /** Of a row with an id. */
  static RowKey of(CdcTable table, Id id) {
    return new RowKey(table, 0, id, NONE);
  }

  /** Of a row that is what an actor did to a target. */
  static RowKey of(CdcTable table, Target.Type type, Id target, Id actor) {
    return new RowKey(table, type.ordinal(), target, actor);
  }

  /** What the row counts for. */
  CounterKind kind() {
    return table.counter();
  }

  @Override
  public int hashCode() {
    // of the numbers: state of earlier builds lies where this hash says
    long hash = (first.number() * 31 + second.number()) * 31 + table.ordinal() * 8 + discriminator;
    return Long.hashCode(hash * 0x9E3779B97F4A7C15L);
  }

  /** Eighteen bytes. */
  public static final class Serializer extends ValueSerializer<RowKey> {
    private static final IdSerializer ID = new IdSerializer();

    @Override
    protected void write(RowKey key, DataOutputView out) throws IOException {
      out.writeByte(key.table.ordinal());
      out.writeByte(key.discriminator);
      ID.serialize(key.first, out);
      ID.serialize(key.second, out);
    }

    @Override
    protected RowKey read(DataInputView in) throws IOException {
      return new RowKey(
          CdcTable.of(in.readByte()), in.readByte(), ID.deserialize(in), ID.deserialize(in));
    }
  }
}
