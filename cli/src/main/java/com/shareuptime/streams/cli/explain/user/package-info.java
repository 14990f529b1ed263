/**
 * Says of one user what the tables and each read model have: the feed in Redis and its durable
 * copy, the first page, and the author that is shown with what the user wrote.
 */
package com.shareuptime.streams.cli.explain.user;
