/** Starting, stopping and upgrading jobs: with which addresses, from which state. */
package com.shareuptime.streams.cli.job;
