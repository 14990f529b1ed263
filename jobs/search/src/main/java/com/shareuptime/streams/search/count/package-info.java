/** Reads counters as the counters job publishes them. */
package com.shareuptime.streams.search.count;
