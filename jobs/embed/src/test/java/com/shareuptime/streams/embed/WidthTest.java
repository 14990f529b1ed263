package com.shareuptime.streams.embed;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.embed.vector.VectorSettings;
import com.shareuptime.streams.testing.JobWidths;
import com.shareuptime.streams.vector.DocumentVector;
import java.util.List;
import org.junit.jupiter.api.Test;

class WidthTest {
  @Test
  void everyReaderHasAPartitionHoweverWideTheJobIs() {
    JobWidths.verify(
        EmbedJob.NAME,
        List.of("cdc.posts", "cdc.reels", DocumentVector.TOPIC),
        kafka ->
            EmbedJob.build(
                EmbedSources.of(kafka),
                kafka.kafka(),
                new VectorSettings(1, 8, 50, 1, 1),
                IdKinds.NUMBERS));
  }
}
