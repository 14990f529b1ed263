/** Counters: rows that count, the table of counters, and the hashes of Redis. */
package com.shareuptime.streams.reconcile.counter;
