package com.shareuptime.streams.counters.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.counters.total.TruthChange.Correction;
import com.shareuptime.streams.counters.total.TruthChange.Refresh;
import com.shareuptime.streams.source.RawRecord;
import java.util.List;
import java.util.Locale;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ParseCounterControlTest {
  private static final CounterTarget POST = new CounterTarget(Target.Type.POST, Id.of(42));

  @Test
  void aCorrectionTellsWhatTheTablesSayAndWhatWasFound() throws Exception {
    assertThat(
            parsed(
                """
                {"job":"counters","action":"correct","target":"post","target_id":42,"if_version":7,
                 "truth":{"likes":5,"comments":2,"shares":0},
                 "found":{"likes":6,"comments":2,"shares":0}}\
                """))
        .containsExactly(new Correction(POST, 7, Counts.of(5, 2, 0), Counts.of(6, 2, 0)));
  }

  @Test
  void aCorrectionMayNotTellWhatWasFound() throws Exception {
    assertThat(
            parsed(
                """
                {"job":"counters","action":"correct","target":"post","target_id":42,"if_version":7,
                 "truth":{"likes":5,"comments":2,"shares":0}}\
                """))
        .containsExactly(new Correction(POST, 7, Counts.of(5, 2, 0), null));
  }

  @Test
  void whereTheTablesHaveNoRowThereIsNoTruth() throws Exception {
    assertThat(
            parsed(
                """
                {"job":"counters","action":"correct","target":"post","target_id":42,"if_version":7,
                 "truth":null,"found":{"likes":6,"comments":2,"shares":0}}\
                """))
        .containsExactly(new Correction(POST, 7, null, Counts.of(6, 2, 0)));
  }

  @Test
  void aRefreshIsForOneTargetAndMessagesOfOtherJobsForNone() throws Exception {
    assertThat(
            parsed(
                """
                {"job":"counters","action":"refresh","target":"post","target_id":42}\
                """))
        .containsExactly(new Refresh(POST));
    assertThat(
            parsed(
                """
                {"job":"search","action":"refresh","target":"post","target_id":42}\
                """))
        .isEmpty();
  }

  @Test
  void aTargetIsNamedByTheKindOfItsIds() throws Exception {
    IdKinds uuids = new IdKinds(IdKind.UUID, IdKind.UUID, IdKind.UUID);
    String id = "c0ffee00-0000-4000-8000-000000000001";
    String refresh =
        """
        {"job":"counters","action":"refresh","target":"reel","target_id":%s}\
        """;
    assertThat(parsed(refresh.formatted("\"" + id.toUpperCase(Locale.ROOT) + "\""), uuids))
        .containsExactly(new Refresh(new CounterTarget(Target.Type.REEL, Id.of(id))));
    assertThat(parsed(refresh.formatted("42"), uuids)).isEmpty();
    assertThat(parsed(refresh.formatted("\"42\""), IdKinds.NUMBERS)).isEmpty();
  }

  private static List<TruthChange> parsed(String message) throws Exception {
    return parsed(message, IdKinds.NUMBERS);
  }

  private static List<TruthChange> parsed(String message, IdKinds kinds) throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new ParseCounterControl("counters", kinds)))) {
      harness.setup(TruthChange.TYPE.createSerializer(harness.getExecutionConfig()));
      harness.open();
      harness.processElement(
          new StreamRecord<>(
              new RawRecord("pipeline-control", 0, 0, 0, null, message.getBytes(UTF_8))));
      return harness.extractOutputValues();
    }
  }
}
