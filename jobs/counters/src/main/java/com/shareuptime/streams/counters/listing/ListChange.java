package com.shareuptime.streams.counters.listing;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.count.TargetTypes;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.window.WindowUpdate;
import com.shareuptime.streams.serialization.IdSerializer;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What changes a list of one type of targets. */
public sealed interface ListChange {
  /** Flink's type of these changes. */
  TypeInformation<ListChange> TYPE = ValueType.of(ListChange.class, new Serializer());

  /** An author of whom nothing is known. */
  Id NOBODY = Id.of(0);

  /** What the list ranks. */
  Target.Type type();

  /** Whose targets it concerns: what comes of one author stays in order. */
  Id author();

  /** A minute of a target that may be listed. */
  record Minute(WindowUpdate window, Id author) implements ListChange {
    @Override
    public Target.Type type() {
      return window.target().type();
    }
  }

  /** A target that may be listed no more; it comes back with its next minute, if at all. */
  record TargetLeaves(CounterTarget target, Id author) implements ListChange {
    @Override
    public Target.Type type() {
      return target.type();
    }
  }

  /** An author of whom nothing may be listed any more. */
  record AuthorLeaves(Target.Type type, Id author) implements ListChange {}

  /** Layout between subtasks and in state: a version byte first, then a tag. */
  final class Serializer extends ValueSerializer<ListChange> {
    private static final int LAYOUT = 1;
    private static final IdSerializer ID = new IdSerializer();
    private static final CounterTarget.Serializer TARGET = new CounterTarget.Serializer();
    private static final WindowUpdate.Serializer WINDOW = new WindowUpdate.Serializer();

    @Override
    protected void write(ListChange change, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      if (change instanceof Minute minute) {
        out.writeByte(0);
        WINDOW.serialize(minute.window, out);
      } else if (change instanceof TargetLeaves leaves) {
        out.writeByte(1);
        TARGET.write(leaves.target, out);
      } else {
        out.writeByte(2);
        TargetTypes.write(change.type(), out);
      }
      ID.serialize(change.author(), out);
    }

    @Override
    protected ListChange read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      int tag = in.readByte();
      return switch (tag) {
        case 0 -> new Minute(WINDOW.deserialize(in), ID.deserialize(in));
        case 1 -> new TargetLeaves(TARGET.read(in), ID.deserialize(in));
        case 2 -> new AuthorLeaves(TargetTypes.read(in), ID.deserialize(in));
        default -> throw new IOException("unknown tag " + tag + " of a change of a list");
      };
    }
  }
}
