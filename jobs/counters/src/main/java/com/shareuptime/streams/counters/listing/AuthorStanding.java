package com.shareuptime.streams.counters.listing;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.serialization.IdSerializer;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What the row of a user says of the place of what they write in lists.
 *
 * @param listed whether they are there, not deactivated, and everybody may see what they write
 */
public record AuthorStanding(Id author, RowVersion version, boolean listed) {

  /** Flink's type of this. */
  public static final TypeInformation<AuthorStanding> TYPE =
      ValueType.of(AuthorStanding.class, new Serializer());

  /** Layout between subtasks and in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<AuthorStanding> {
    private static final int LAYOUT = 1;
    private static final IdSerializer ID = new IdSerializer();

    @Override
    protected void write(AuthorStanding standing, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      ID.serialize(standing.author, out);
      standing.version.write(out);
      out.writeBoolean(standing.listed);
    }

    @Override
    protected AuthorStanding read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      return new AuthorStanding(ID.deserialize(in), RowVersion.read(in), in.readBoolean());
    }
  }
}
