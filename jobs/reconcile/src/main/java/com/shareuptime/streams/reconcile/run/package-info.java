/** What a run of reconcile writes down, in tables of its own. Compares nothing. */
package com.shareuptime.streams.reconcile.run;
