package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.counters.CounterKind;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What somebody else has counted of a target. */
public record CountValues(long likes, long comments, long shares) {
  static final CountValues NONE = new CountValues(0, 0, 0);

  long of(CounterKind kind) {
    return switch (kind) {
      case LIKES -> likes;
      case COMMENTS -> comments;
      case SHARES -> shares;
    };
  }

  void write(DataOutputView out) throws IOException {
    PackedNumber.write(likes, out);
    PackedNumber.write(comments, out);
    PackedNumber.write(shares, out);
  }

  static CountValues read(DataInputView in) throws IOException {
    return new CountValues(PackedNumber.read(in), PackedNumber.read(in), PackedNumber.read(in));
  }
}
