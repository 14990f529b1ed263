/**
 * Says of one post or reel what the tables and each read model have, and which of them is wrong.
 */
package com.shareuptime.streams.cli.explain;
