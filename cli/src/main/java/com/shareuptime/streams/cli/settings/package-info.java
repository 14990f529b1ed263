/** What jobs are submitted with, and where servers are: files of {@code key: value} lines. */
package com.shareuptime.streams.cli.settings;
