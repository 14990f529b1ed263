/** Clients of the servers that the settings name. Each error says which server did not answer. */
package com.shareuptime.streams.cli.server;
