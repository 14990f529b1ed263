/** The product's rows and messages, as far as feeds need them. */
package com.shareuptime.streams.feeds.row;
