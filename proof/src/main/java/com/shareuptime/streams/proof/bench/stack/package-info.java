/** A stack that benchmarks have for themselves, and clients of its broker. */
package com.shareuptime.streams.proof.bench.stack;
