/**
 * Writing the compacted topics: versions, generations, end markers, heartbeats in every partition,
 * and the JSON of a change. Nothing here asks the slot for anything.
 */
package com.shareuptime.streams.ingest.topic;
