/** The traffic as a command against a running stack. */
package com.shareuptime.streams.proof.traffic.command;
