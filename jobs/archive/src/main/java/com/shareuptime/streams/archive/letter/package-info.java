/** Dead letters as documents. Knows no store, and refuses nothing: what is odd is left out. */
package com.shareuptime.streams.archive.letter;
