/** App events: read, validated, and each of them counted once. */
package com.shareuptime.streams.counters.event;
