/** The search job: whole, versioned documents of posts and reels in OpenSearch. */
package com.shareuptime.streams.search;
