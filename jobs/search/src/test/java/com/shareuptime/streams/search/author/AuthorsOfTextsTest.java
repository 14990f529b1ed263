package com.shareuptime.streams.search.author;

import com.shareuptime.streams.testing.DrawnIds;

/** All of it, of documents whose ids are texts. */
class AuthorsOfTextsTest extends AuthorsTest {
  @Override
  DrawnIds ids() {
    return DrawnIds.TEXTS;
  }
}
