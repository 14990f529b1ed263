/** The operator of the archive job. */
package com.shareuptime.streams.archive.parse;
