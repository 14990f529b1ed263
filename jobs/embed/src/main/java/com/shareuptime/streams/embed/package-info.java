/** The embed job: keeps a vector of each text in a topic, computed once a text. */
package com.shareuptime.streams.embed;
