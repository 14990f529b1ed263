package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.control.ControlMessage.Rebuild;

/** Takes requests to the feeds job. They are hints: a lost one is asked again by a later read. */
@FunctionalInterface
public interface RebuildRequests {
  /** Nobody is asked: a feed that is missing stays so until its user is active again. */
  RebuildRequests NONE = request -> {};

  /** Returns at once: a reader waits. Called from many threads. */
  void request(Rebuild request);
}
