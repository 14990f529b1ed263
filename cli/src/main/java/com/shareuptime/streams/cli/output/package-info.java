/** What a command prints: tables, sections, JSON. */
package com.shareuptime.streams.cli.output;
