/** The indexes of documents: what they are made with. */
package com.shareuptime.streams.contract.search;
