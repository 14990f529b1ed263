/**
 * How long it takes to prove that surfaces show what the tables have. The surfaces are filled by
 * hand: no other job runs.
 */
package com.shareuptime.streams.bench.reconcile;
