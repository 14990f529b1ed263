package com.shareuptime.streams.ingest.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.ingest.IngestStack;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the metric says, and with it the alert: what somebody has yet to do. */
class HolesIT {
  private static final String KEY = "{\"id\":7}";

  private IngestStack stack;
  private Holes holes;

  @BeforeEach
  void noHoles() throws Exception {
    stack = IngestStack.shared();
    stack.sql("truncate streams.ingest_holes");
    holes = Holes.of(stack.options().source());
  }

  @Test
  void aHoleIsOpenUntilItIsFilled() throws Exception {
    tell(new RowVersion(1, 10));
    assertThat(holes.open("posts")).isEqualTo(1);
    assertThat(holes.open("users")).isZero();

    stack.sql("update streams.ingest_holes set filled_at = clock_timestamp()");
    holes.count();
    assertThat(holes.open("posts")).isZero();

    tell(new RowVersion(1, 20));
    assertThat(holes.open("posts")).as("of a later change").isEqualTo(1);
  }

  @Test
  void aHoleIsOpenUntilTheRowIsWhole() {
    tell(new RowVersion(1, 10));
    holes.whole("posts", KEY.getBytes(StandardCharsets.UTF_8), new RowVersion(1, 20));
    assertThat(holes.open("posts")).isZero();
  }

  @Test
  void whatAnEarlierRunHasToldIsCounted() {
    tell(new RowVersion(1, 10));
    Holes next = Holes.of(stack.options().source());
    assertThat(next.open("posts")).isEqualTo(1);
  }

  private void tell(RowVersion version) {
    holes.tell(new ChangeHole("posts", KEY, version, List.of("content"), "too large"));
  }
}
