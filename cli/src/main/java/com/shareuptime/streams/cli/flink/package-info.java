/** A client of Flink's REST interface: what the commands need of it and no more. */
package com.shareuptime.streams.cli.flink;
