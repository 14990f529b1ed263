/**
 * The indexes of the search job, for operators, and the command that searches as a service does.
 */
package com.shareuptime.streams.cli.search;
