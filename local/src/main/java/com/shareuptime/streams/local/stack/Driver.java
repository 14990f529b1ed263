package com.shareuptime.streams.local.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How one kind of server is prepared, run, asked whether it is well, and asked to end. */
interface Driver {
  /** For an answer to {@link #check}. */
  Duration CHECK_PATIENCE = Duration.ofSeconds(5);

  Server server();

  /** The ports it will listen on. */
  List<Port> ports();

  /** Writes its configuration and, the first time, its data folder. Runs before every start. */
  void prepare() throws IOException;

  List<String> command() throws IOException;

  default Map<String, String> environment() {
    return Map.of();
  }

  /** Speaks the server's own protocol; throws while it is not ready, saying why. */
  void check() throws Exception;

  /** The signal that ends it in good order. */
  default String stopSignal() {
    return "TERM";
  }

  default Duration stopPatience() {
    return Duration.ofSeconds(15);
  }

  /** Whether its log file is its own to write; only what it prints is caught then, beside it. */
  default boolean writesOwnLog() {
    return false;
  }

  /** Where a person or a client reaches it. */
  String address();
}
