/** Runs the reconcile job, asks the owners to repair what it proved wrong, and tells of it. */
package com.shareuptime.streams.cli.reconcile;
