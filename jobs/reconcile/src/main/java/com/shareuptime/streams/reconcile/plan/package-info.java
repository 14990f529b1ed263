/** Which ranges of ids a run compares, and in which order. Reads no rows of any surface. */
package com.shareuptime.streams.reconcile.plan;
