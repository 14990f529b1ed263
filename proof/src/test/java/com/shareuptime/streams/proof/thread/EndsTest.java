package com.shareuptime.streams.proof.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndsTest {
  @Test
  void whatWasAddedLastEndsFirstNothingTwiceAndAFailureEndsNothingElse() {
    List<String> ended = new ArrayList<>();
    Ends ends = new Ends();
    ends.add(() -> ended.add("servers"));
    ends.add(
        () -> {
          throw new IllegalStateException("cannot end");
        });
    ends.add(() -> ended.add("traffic"));

    ends.close();
    ends.close();

    assertThat(ended).containsExactly("traffic", "servers");
  }
}
