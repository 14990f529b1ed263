package com.shareuptime.streams.proof.bench.cdc;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.ProductDatabase;

/** Fills the product's table {@code likes}; row number i is of post i / USERS + 1. */
record LikesTable(Addresses addresses) {
  static final int USERS = 10_000;

  /** Rows of one transaction. */
  private static final int BATCH = 10_000;

  private static final String INSERT =
      "insert into public.likes (target_type, target_id, user_id)"
          + " select 'post', i / %1$d + 1, i %% %1$d + 1 from generate_series(?, ?) as i"
              .formatted(USERS);

  void insertUsers() {
    ProductDatabase.execute(
        addresses,
        "insert into public.users (id, username, display_name)"
            + " select id, 'user' || id, 'User ' || id from generate_series(1, %d) as id"
                .formatted(USERS));
  }

  void insert(int rows) {
    ProductDatabase.at(addresses)
        .useHandle(
            handle -> {
              // every user exists: checking it for each row would only take time before the clock
              // runs
              handle.execute("set session_replication_role = replica");
              for (int from = 0; from < rows; from += BATCH) {
                handle.execute(INSERT, from, Math.min(rows, from + BATCH) - 1);
              }
              handle.execute("analyze public.likes");
            });
  }
}
