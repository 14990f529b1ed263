/** The net change of each counter in each minute of event time. */
package com.shareuptime.streams.counters.window;
