/** How many texts a second the model embeds, without any server. */
package com.shareuptime.streams.proof.bench.embedding;
