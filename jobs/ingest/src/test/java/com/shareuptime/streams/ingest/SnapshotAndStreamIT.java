package com.shareuptime.streams.ingest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in the tables is in the topics: rows of before, and each way to change them. */
class SnapshotAndStreamIT {
  private IngestStack stack;
  private TableRows tables;

  @BeforeEach
  void emptyTables() throws Exception {
    stack = IngestStack.shared();
    stack.reset();
    tables = new TableRows(stack);
  }

  @Test
  void rowsOfBeforeAndChangesOfAfterAreInTheTopics() throws Exception {
    stack.sql(
        "insert into users (username, display_name) select 'u' || i, 'User ' || i from generate_series(1, 3000) i",
        "insert into posts (author_id, content) select i, 'post ' || i from generate_series(1, 3000) i",
        "insert into likes (target_type, target_id, user_id) select 'post', i % 50 + 1, i from generate_series(1, 3000) i");
    try (RunningIngest job = RunningIngest.fresh(stack.options())) {
      tables.assertTopicsEqualTables();
      stack.sql(
          "update posts set content = 'new' where id <= 100",
          "delete from likes where user_id between 10 and 60",
          "insert into follows (follower_id, followee_id) select i, i + 1 from generate_series(1, 500) i");
      tables.assertTopicsEqualTables();
    }
  }
}
