/** What nobody expects in a row or in a record, drawn for whoever checks that it stops nothing. */
package com.shareuptime.streams.local.odd;
