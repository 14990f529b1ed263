package com.shareuptime.streams.counters.trending;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.serialization.IdSerializer;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A whole ranked list at one moment.
 *
 * @param entries best first
 * @param computedAt epoch milliseconds of event time; of two rankings the later is newer
 */
public record Ranking(TrendingList list, List<Entry> entries, long computedAt) {

  /** One target of the list. */
  public record Entry(Id id, double score) {}

  /** Flink's type of these lists. */
  public static final TypeInformation<Ranking> TYPE = ValueType.of(Ranking.class, new Serializer());

  public Ranking {
    entries = List.copyOf(entries);
  }

  /** Layout between subtasks and in the sink's state: a version byte first. */
  public static final class Serializer extends ValueSerializer<Ranking> {
    private static final int LAYOUT = 1;
    private static final IdSerializer ID = new IdSerializer();

    @Override
    protected void write(Ranking ranking, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeByte(ranking.list.ordinal());
      out.writeLong(ranking.computedAt);
      out.writeShort(ranking.entries.size());
      for (Entry entry : ranking.entries) {
        ID.serialize(entry.id, out);
        out.writeDouble(entry.score);
      }
    }

    @Override
    protected Ranking read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      TrendingList list = TrendingList.values()[in.readByte()];
      long computedAt = in.readLong();
      List<Entry> entries = new ArrayList<>();
      for (int n = in.readUnsignedShort(); n > 0; n--) {
        entries.add(new Entry(ID.deserialize(in), in.readDouble()));
      }
      return new Ranking(list, entries, computedAt);
    }
  }
}
