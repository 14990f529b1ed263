package com.shareuptime.streams.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RootCauseTest {
  @Test
  void theInnermostCauseIsWhatMatters() {
    String trace =
        """
        org.apache.flink.runtime.rest.handler.RestHandlerException: Could not execute application.
        \tat org.apache.flink.Some.frame(Some.java:1)
        Caused by: java.util.concurrent.CompletionException: wrapped
        \t... 2 more
        Caused by: com.shareuptime.streams.option.OptionException: unknown option counters.mod
        did you mean counters.mode?
        \tat com.shareuptime.Some.frame(Some.java:1)
        End of exception on server side>]
        """;

    assertThat(RootCause.of(trace))
        .isEqualTo(
            "com.shareuptime.streams.option.OptionException: unknown option counters.mod\n"
                + "did you mean counters.mode?");
  }

  @Test
  void aPlainSentenceStaysWhatItIs() {
    assertThat(RootCause.of("Job could not be found.")).isEqualTo("Job could not be found.");
  }
}
