/** Writing the heartbeat row, by which readers of the change stream know how far it has come. */
package com.shareuptime.streams.ingest.heartbeat;
