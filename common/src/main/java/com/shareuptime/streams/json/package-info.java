/** How the JSON of topics is read: with which bounds, and what counts as an integer. */
package com.shareuptime.streams.json;
