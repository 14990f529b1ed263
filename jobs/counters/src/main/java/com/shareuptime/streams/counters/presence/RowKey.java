package com.shareuptime.streams.counters.presence;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.count.TargetTypes;
import com.shareuptime.streams.serialization.IdSerializer;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The identity of a row that counts. A key of Flink state, so its hash depends on its content
 * alone.
 *
 * @param kind what the row counts for
 * @param type the target's, of a row that is what an actor did to a target; null of a row that is
 *     known by columns of its own table; else that of posts, which means nothing
 * @param first the target's id; the key as a text, or its hash; the row's id
 * @param second the actor's id; else 0
 */
public record RowKey(CounterKind kind, Target.Type type, Id first, Id second) {

  /** Flink's type of these keys. */
  public static final TypeInformation<RowKey> TYPE =
      ValueType.ofKey(RowKey.class, new Serializer());

  private static final Id NONE = Id.of(0);
  private static final int OWN = -1;

  /** Of a row with an id. */
  static RowKey of(CounterKind kind, Id id) {
    return new RowKey(kind, Target.Type.POST, id, NONE);
  }

  /** Of a row that is what an actor did to a target. */
  static RowKey of(CounterKind kind, Target.Type type, Id target, Id actor) {
    return new RowKey(kind, type, target, actor);
  }

  /**
   * Of a row that is known by columns of its own table.
   *
   * @param json the key of its records, always the same bytes
   */
  static RowKey ofOwn(CounterKind kind, byte[] json) {
    return new RowKey(kind, null, json.length <= IdKind.MOST_BYTES ? text(json) : hash(json), NONE);
  }

  private static Id text(byte[] json) {
    return Id.of(new String(json, StandardCharsets.UTF_8));
  }

  /** Of 128 bits: among 10^12 rows, two are taken for one with probability 2e-15. */
  private static Id hash(byte[] json) {
    try {
      ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(json));
      return Id.ofUuid(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public int hashCode() {
    // of numbers as ever: state of earlier builds lies where this hash says
    int discriminator = type == null ? OWN : type.hashCode();
    long hash =
        (first.bits() * 31 + second.bits()) * 31 + CdcTable.numberOf(kind) * 8L + discriminator;
    return Long.hashCode(hash * 0x9E3779B97F4A7C15L);
  }

  /** Eighteen bytes of rows of posts and reels where ids are numbers. */
  public static final class Serializer extends ValueSerializer<RowKey> {
    private static final IdSerializer ID = new IdSerializer();

    @Override
    protected void write(RowKey key, DataOutputView out) throws IOException {
      out.writeByte(CdcTable.numberOf(key.kind));
      if (key.type == null) {
        out.writeByte(OWN);
      } else {
        TargetTypes.write(key.type, out);
      }
      ID.serialize(key.first, out);
      ID.serialize(key.second, out);
    }

    @Override
    protected RowKey read(DataInputView in) throws IOException {
      CounterKind kind = CdcTable.counterOf(in.readByte());
      int first = in.readByte();
      Target.Type type = first == OWN ? null : TargetTypes.read(first, in);
      return new RowKey(kind, type, ID.deserialize(in), ID.deserialize(in));
    }
  }
}
