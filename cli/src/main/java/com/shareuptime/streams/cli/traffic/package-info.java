/** The command that runs the traffic simulator against servers that are up. */
package com.shareuptime.streams.cli.traffic;
