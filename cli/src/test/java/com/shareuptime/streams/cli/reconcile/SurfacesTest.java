package com.shareuptime.streams.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.CommandException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurfacesTest {
  @Test
  void aFamilyIsAllOfItsSurfacesAndNoNameIsAllThereAre() {
    assertThat(Surfaces.named(List.of("search", "counters.redis")))
        .containsExactly("counters.redis", "search.posts", "search.reels");
    assertThat(Surfaces.named(List.of())).hasSize(6);
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    for (String name : List.of("likes", "counter", "counters.", "counters.kafka")) {
      assertThatThrownBy(() -> Surfaces.named(List.of("feeds", name)))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("'" + name + "'");
    }
  }
}
