/** The check as a command against servers and jobs that run already. */
package com.shareuptime.streams.proof.check.command;
