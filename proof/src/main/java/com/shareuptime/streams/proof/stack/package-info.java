/** The local stack as a command: servers, schema, topics and jobs, started and ended. */
package com.shareuptime.streams.proof.stack;
