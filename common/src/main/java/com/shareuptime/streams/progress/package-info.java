/**
 * How far each surface is: from a watermark that is written to the position that it stands for,
 * published in Postgres and Redis. Knows heartbeats and sinks, no job.
 */
package com.shareuptime.streams.progress;
