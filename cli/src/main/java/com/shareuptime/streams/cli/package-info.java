/**
 * The operator's command: what is typed, what is shown, exit codes. Decides nothing about data; it
 * talks to the servers, to Flink's REST interface and to Postgres.
 */
package com.shareuptime.streams.cli;
