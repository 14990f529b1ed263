/** Documents: posts and reels with their authors and counts, and what searches find. */
package com.shareuptime.streams.reconcile.document;
