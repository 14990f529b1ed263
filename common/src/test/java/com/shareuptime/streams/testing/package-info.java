/** What tests of several modules share; other modules get it as common's test jar. */
package com.shareuptime.streams.testing;
