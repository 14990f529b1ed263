package com.shareuptime.streams.counters;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.counters.total.CounterDrift;
import com.shareuptime.streams.counters.total.CounterUpdate;
import com.shareuptime.streams.counters.trending.Ranking;
import com.shareuptime.streams.counters.window.WindowUpdate;
import com.shareuptime.streams.deadletter.DeadLetter;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Where the counters job writes. What a store refuses comes back as dead letters. */
public interface CounterSinks {

  /**
   * Counters, and the progress of their surfaces.
   *
   * @param updates in version order a target; their watermark is that of the rows
   * @param beats the heartbeats of the source, null where no rows are read
   */
  DataStream<DeadLetter> counters(DataStream<CounterUpdate> updates, DataStream<Heartbeat> beats);

  /** Minute windows. */
  DataStream<DeadLetter> windows(DataStream<WindowUpdate> windows);

  /** Ranked lists. */
  DataStream<DeadLetter> trending(DataStream<Ranking> rankings);

  /** Settlements. */
  DataStream<DeadLetter> drift(DataStream<CounterDrift> drift);

  /** What could not be used. */
  void deadLetters(DataStream<DeadLetter> letters);
}
