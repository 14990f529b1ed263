/** What a start without state does first. */
package com.shareuptime.streams.feeds.bootstrap;
