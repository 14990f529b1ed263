package com.shareuptime.streams.archive;

import com.shareuptime.streams.testing.JobSeams;
import java.util.List;

class SeamsTest extends JobSeams {
  SeamsTest() {
    super("archive", List.of("parse"), List.of("LetterDocument"));
  }
}
