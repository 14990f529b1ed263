/** What the bare servers give on this machine, without Flink: the limits of what any job can do. */
package com.shareuptime.streams.proof.bench.limit;
