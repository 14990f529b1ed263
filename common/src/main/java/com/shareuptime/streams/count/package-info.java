/**
 * Targets and their counts as part of what jobs send and keep. Knows nothing of how they came to
 * be.
 */
package com.shareuptime.streams.count;
