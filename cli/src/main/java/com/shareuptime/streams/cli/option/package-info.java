/** Options that several commands take: which servers, which cluster. */
package com.shareuptime.streams.cli.option;
