/** The command that shows a feed as a service reads it, and asks for feeds to be rebuilt. */
package com.shareuptime.streams.cli.feed;
