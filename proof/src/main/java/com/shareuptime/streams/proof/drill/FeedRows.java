package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.local.Addresses;
import java.util.Optional;

/** Entries of feeds in Postgres: deleted, and put a second earlier. */
final class FeedRows extends FeedEntries {
  private static final String POSITION = "(extract(epoch from inserted_at) * 1000000)::bigint";
  private static final String ROW = " where user_id = ? and post_id = ?";
  private static final String DELETE =
      "delete from streams.user_feeds" + ROW + " returning '" + ABSENT + "'";
  private static final String MOVE =
      "update streams.user_feeds set inserted_at = inserted_at - interval '1 second'"
          + ROW
          + " returning "
          + POSITION;
  private static final String READ = "select " + POSITION + " from streams.user_feeds" + ROW;

  FeedRows(Addresses addresses) {
    super(addresses);
  }

  @Override
  public String surface() {
    return "feeds.postgres";
  }

  @Override
  String spoil(Entry entry, boolean moves) {
    return ask(moves ? MOVE : DELETE, entry.user(), entry.post()).orElse(null);
  }

  /** Of the first, where a post that got another date has two rows. */
  private Optional<String> ask(String sql, Id user, Id post) {
    return handle().select(sql, user, post).mapTo(String.class).findFirst();
  }

  @Override
  public String read(CorruptEntry row) {
    return ask(READ, row.id(), row.entry()).orElse(ABSENT);
  }
}
