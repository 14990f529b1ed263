/** Figures of a run, and where its time went. */
package com.shareuptime.streams.proof.bench.report;
