/** What an operator asks of the job while it runs. */
package com.shareuptime.streams.search.control;
