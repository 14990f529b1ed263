/** Feeds of users: all that is written to one feed passes here, in one order. */
package com.shareuptime.streams.feeds.feed;
