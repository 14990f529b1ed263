package com.shareuptime.streams.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import org.junit.jupiter.api.Test;

class RepairsTest {
  private static final String TWO = "{\"likes\":2,\"comments\":0,\"shares\":1}";
  private static final String NONE = "{\"likes\":0,\"comments\":0,\"shares\":0}";

  private static ReconcileFinding counter(
      String kind, String expected, String found, String asked) {
    return new ReconcileFinding(
        1, "counters.redis", "post:7", kind, expected, found, 9, "0/1", asked, null);
  }

  /** What is sent, as its owner reads it. */
  private static String message(ReconcileFinding finding) {
    return Repairs.message(Repairs.withRepair(finding), IdKinds.NUMBERS).json();
  }

  @Test
  void aCounterIsFirstToBeWrittenAgain() {
    assertThat(message(counter("wrong", TWO, NONE, null)))
        .isEqualTo(
            "{\"job\":\"counters\",\"action\":\"refresh\",\"target\":\"post\",\"target_id\":7}");
  }

  @Test
  void ifThatWasOfNoUseItsOwnerIsToldWhatTheTablesSay() {
    assertThat(message(counter("wrong", TWO, NONE, "refresh")))
        .endsWith(
            "\"action\":\"correct\",\"target\":\"post\",\"target_id\":7,\"if_version\":9"
                + ",\"truth\":"
                + TWO
                + ",\"found\":"
                + NONE
                + "}");
    assertThat(message(counter("missing", TWO, "nothing", "refresh")))
        .endsWith(",\"truth\":" + TWO + ",\"found\":null}");
  }

  @Test
  void whatIsOfNoRowIsToldToBeNowhere() {
    assertThat(message(counter("extra", "no row", TWO, "refresh")))
        .endsWith(",\"truth\":null,\"found\":" + TWO + "}");
  }

  @Test
  void anIdMayHaveAColon() {
    ReconcileFinding post =
        new ReconcileFinding(
            1, "counters.redis", "post:at://x:7", "wrong", TWO, NONE, 9, "0/1", null, null);
    IdKinds texts = new IdKinds(IdKind.TEXT, IdKind.TEXT, IdKind.TEXT);
    assertThat(Repairs.message(Repairs.withRepair(post), texts).json())
        .endsWith("\"target_id\":\"at://x:7\"}");
  }

  @Test
  void aFeedIsMadeAnewHoweverOften() {
    ReconcileFinding feed =
        new ReconcileFinding(
            1, "feeds.redis", "user:7", "missing", "3", "none", 0, "0/1", "rebuild", null);
    assertThat(message(feed)).isEqualTo("{\"job\":\"feeds\",\"action\":\"rebuild\",\"user_id\":7}");
  }
}
