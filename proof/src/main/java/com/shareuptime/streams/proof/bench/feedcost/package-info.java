/**
 * What a threshold of hybrid fan-out costs: a model of pushes and pulls over the numbers of
 * followers, in CPU time of Redis. Runs no job.
 */
package com.shareuptime.streams.proof.bench.feedcost;
