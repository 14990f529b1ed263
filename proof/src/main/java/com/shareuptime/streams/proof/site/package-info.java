/**
 * A whole stack under traffic, whose stores the jobs reach through proxies: where faults happen and
 * rows are spoiled, and by what one sees that all is right again.
 */
package com.shareuptime.streams.proof.site;
