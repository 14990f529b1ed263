/** How counters look in each store: the tables, keys and messages of the read contract. */
package com.shareuptime.streams.counters.sink;
