package com.shareuptime.streams.search.row;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.RowReader;
import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.search.document.DocumentRow;
import java.io.IOException;

/** Reads rows of posts, reels and users from cdc records. Not thread-safe. */
final class DocumentRowParser {
  private final RowReader row = new RowReader();
  private final IdKinds kinds;
  private final RowColumns columns;

  DocumentRowParser(IdKinds kinds) {
    this.kinds = kinds;
    columns = new RowColumns(kinds.users());
  }

  /**
   * A row of posts or reels.
   *
   * @throws IOException if the record is no such change
   */
  DocumentRow document(DocumentType type, CdcRecord record) throws IOException {
    read(record, type.ids(kinds));
    if (!row.exists()) {
      return columns.gone(type, record.version(), row.committedAt());
    }
    return columns.document(
        type, record.version(), Unlogged.or(columns.text(), null), row.committedAt());
  }

  /**
   * A row of users.
   *
   * @throws IOException if the record is no such change
   */
  AuthorRow author(CdcRecord record) throws IOException {
    read(record, kinds.users());
    return columns.author(record.version(), row.exists());
  }

  private void read(CdcRecord record, IdKind ids) throws IOException {
    columns.clear(ids);
    row.read(record, columns);
    columns.unlogged(row);
  }
}
