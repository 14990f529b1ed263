package com.shareuptime.streams.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import org.junit.jupiter.api.Test;

class CanaryRangeTest {
  private static CanaryRange range(String text) {
    return new CanaryRange.Converter().convert(text);
  }

  @Test
  void numbersAreARange() {
    assertThat(range("reel:7-9").ids(IdKinds.NUMBERS))
        .isEqualTo(Ids.of(Id.of(7), Id.of(8), Id.of(9)));
    assertThatThrownBy(() -> range("post:9-7")).hasMessageContaining("the lower one first");
    assertThatThrownBy(() -> range("user:1-2")).hasMessageContaining("post:100-109");
    assertThatThrownBy(() -> range("post:x").ids(IdKinds.NUMBERS))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--canary is x");
  }

  @Test
  void othersAreAList() {
    IdKinds texts = new IdKinds(IdKind.TEXT, IdKind.TEXT, IdKind.TEXT);
    assertThat(range("post:a:1,b").ids(texts)).isEqualTo(Ids.of(Id.of("a:1"), Id.of("b")));
    IdKinds uuids = new IdKinds(IdKind.UUID, IdKind.UUID, IdKind.UUID);
    assertThatThrownBy(() -> range("post:a,b").ids(uuids)).hasMessageContaining("'a'");
  }
}
