/** Feeds and timelines: what users should read, the zsets of Redis, and the durable copy. */
package com.shareuptime.streams.reconcile.feed;
