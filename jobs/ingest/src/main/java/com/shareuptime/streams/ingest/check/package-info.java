/** What must hold before the job may read or write, and the words that say what mends it. */
package com.shareuptime.streams.ingest.check;
