/** The indexes of the search job, for operators. */
package com.shareuptime.streams.cli.search;
