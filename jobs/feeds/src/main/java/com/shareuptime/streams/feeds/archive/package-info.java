/**
 * The durable copy of the feeds: from the topic {@code feed-deliveries} to {@code
 * streams.user_feeds}. A job of its own, so that Postgres holds back this copy and nothing else.
 */
package com.shareuptime.streams.feeds.archive;
