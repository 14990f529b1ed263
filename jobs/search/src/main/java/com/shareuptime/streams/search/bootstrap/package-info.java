/** What a start without state looks at first. */
package com.shareuptime.streams.search.bootstrap;
