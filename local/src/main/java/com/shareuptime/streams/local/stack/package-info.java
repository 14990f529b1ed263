/**
 * The servers of the local stack: their processes, ports, logs and health. Knows nothing of what
 * the jobs do with them.
 */
package com.shareuptime.streams.local.stack;
