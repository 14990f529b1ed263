package com.shareuptime.streams.feeds.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class FeedWriteTest {
  private static final FeedWrite.Serializer SERIALIZER = new FeedWrite.Serializer();

  private static FeedWrite read(DataOutputSerializer written) throws IOException {
    return SERIALIZER.deserialize(new DataInputDeserializer(written.getCopyOfBuffer()));
  }

  @Test
  void everyWriteIsReadAsItWasWritten() throws IOException {
    Ids users = Ids.of(Id.of(7), Id.of(8));
    Posts posts = Posts.of(Id.of(1), 1_700_000_000_000_000L);
    for (FeedWrite write :
        List.of(
            new FeedWrite.Push(Id.of(9), posts, users),
            new FeedWrite.Open(3, Id.of(7), 2),
            new FeedWrite.Complete(3, Id.of(7), 2, 1, 50),
            new FeedWrite.Raise(Id.of(7), 50),
            new FeedWrite.Drop(3, Id.of(7)),
            new FeedWrite.Pull(3, Id.of(9), users),
            new FeedWrite.Unpull(3, Id.of(9), 50, users),
            new FeedWrite.Timeline(3, Id.of(9), posts, 50, true),
            new FeedWrite.Lost(users, 7, Ids.of(Id.of(9)), 5))) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      SERIALIZER.serialize(write, out);
      assertThat(read(out)).usingRecursiveComparison().isEqualTo(write);
    }
  }

  /** Any run may write behind one that had no number. */
  @Test
  void aWriteOfAnEarlierBuildIsOfNoRun() throws IOException {
    DataOutputSerializer open = new DataOutputSerializer(64);
    open.writeByte(1);
    open.writeByte(1);
    open.writeLong(7);
    open.writeLong(2);
    assertThat(read(open)).isEqualTo(new FeedWrite.Open(0, Id.of(7), 2));

    DataOutputSerializer raise = new DataOutputSerializer(64);
    raise.writeByte(1);
    raise.writeByte(3);
    raise.writeLong(7);
    raise.writeLong(50);
    assertThat(read(raise)).isEqualTo(new FeedWrite.Raise(Id.of(7), 50));
  }
}
