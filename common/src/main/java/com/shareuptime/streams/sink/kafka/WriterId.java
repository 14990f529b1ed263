package com.shareuptime.streams.sink.kafka;

/**
 * Under which transactional id a subtask writes. It says the parallelism: subtasks of one
 * parallelism have the same keys in every run, so each takes over from its predecessor by the same
 * id; those of another are taken over by all.
 */
record WriterId(String name, int parallelism, int subtask) {
  private static final String PREFIX = "streams.";

  String text() {
    return "%s%s.%d.%d".formatted(PREFIX, name, parallelism, subtask);
  }

  /** Whether a transactional id is that of a writer of the same name at another parallelism. */
  boolean isOfAnotherParallelism(String id) {
    String writers = PREFIX + name + '.';
    return id.startsWith(writers)
        && id.substring(writers.length()).matches("\\d+\\.\\d+")
        && !id.startsWith(writers + parallelism + '.');
  }
}
