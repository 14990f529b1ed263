/** What runs the whole on one machine and judges it. The product knows nothing of it. */
package com.shareuptime.streams.proof;
