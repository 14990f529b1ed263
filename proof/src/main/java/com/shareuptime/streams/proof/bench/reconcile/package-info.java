/**
 * How long it takes to prove that surfaces show what the tables have. The surfaces are filled by
 * hand, not by the jobs that own them.
 */
package com.shareuptime.streams.proof.bench.reconcile;
