/** The names of keys in Redis. What their values hold is in the packages of what they are about. */
package com.shareuptime.streams.contract.redis;
