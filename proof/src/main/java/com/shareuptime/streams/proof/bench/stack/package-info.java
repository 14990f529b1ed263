/** A stack that benchmarks have for themselves. */
package com.shareuptime.streams.proof.bench.stack;
