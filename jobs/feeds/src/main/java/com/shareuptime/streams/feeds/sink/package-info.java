/** What is written to the stores, and how. */
package com.shareuptime.streams.feeds.sink;
