/** What is popular now: scores that decay, and the best of them ranked. */
package com.shareuptime.streams.counters.trending;
