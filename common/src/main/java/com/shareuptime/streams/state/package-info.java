/** Shapes of state that more than one job keeps. */
package com.shareuptime.streams.state;
