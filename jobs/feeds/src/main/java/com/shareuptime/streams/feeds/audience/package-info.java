/** Readers: whom they follow, whether they are active, and so whose posts must reach them. */
package com.shareuptime.streams.feeds.audience;
