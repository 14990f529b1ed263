/** What a start without state must know of the sinks it takes over. */
package com.shareuptime.streams.counters.bootstrap;
