package com.shareuptime.streams.count;

import com.shareuptime.streams.contract.Target;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Types of targets in bytes: 0 of posts and 1 of reels; of others 2, and the label. */
public final class TargetTypes {
  private static final int OTHER = 2;

  private TargetTypes() {}

  public static void write(Target.Type type, DataOutputView out) throws IOException {
    if (type.equals(Target.Type.POST)) {
      out.writeByte(0);
    } else if (type.equals(Target.Type.REEL)) {
      out.writeByte(1);
    } else {
      out.writeByte(OTHER);
      out.writeUTF(type.label());
    }
  }

  public static Target.Type read(DataInputView in) throws IOException {
    return read(in.readByte(), in);
  }

  /**
   * The same.
   *
   * @param first byte, which was read to see whether it is that
   */
  public static Target.Type read(int first, DataInputView in) throws IOException {
    return switch (first) {
      case 0 -> Target.Type.POST;
      case 1 -> Target.Type.REEL;
      case OTHER -> Target.Type.of(in.readUTF());
      default -> throw new IOException("unknown type " + first + " of a target");
    };
  }
}
