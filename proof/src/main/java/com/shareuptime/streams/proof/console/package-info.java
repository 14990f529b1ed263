/**
 * Shows, in the terminal and in a browser, what runs and whether it is right. Reads only; a server
 * that is away is shown as such.
 */
package com.shareuptime.streams.proof.console;
