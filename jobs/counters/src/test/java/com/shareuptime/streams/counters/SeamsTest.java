package com.shareuptime.streams.counters;

import com.shareuptime.streams.testing.JobSeams;
import java.util.List;

class SeamsTest extends JobSeams {
  SeamsTest() {
    super(
        "counters",
        List.of("control", "event", "listing", "presence", "total", "trending", "window"),
        List.of(
            "KindTotals",
            "Reconciler",
            "TargetTotals",
            "UnconfirmedLedger",
            "DeltaBundle",
            "RowPresence",
            "CountedRowParser",
            "EventParser",
            "EventTime",
            "Candidates",
            "OpenMinutes",
            "Silence",
            "StandingParser"));
  }
}
