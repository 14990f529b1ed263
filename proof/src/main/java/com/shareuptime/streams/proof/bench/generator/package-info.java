/** Synthetic traffic, the same for the same seed. Knows no server. */
package com.shareuptime.streams.proof.bench.generator;
