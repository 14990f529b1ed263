package com.shareuptime.streams.client;

/** Where an entry of a page was found. */
public enum Origin {
  /** In the reader's own feed in Redis. */
  PUSH,
  /** In the timeline, in Redis, of an author who is not pushed. */
  PULL,
  /** In the product's tables, by SQL over the authors that the reader follows. */
  TABLE
}
