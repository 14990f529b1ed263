package com.shareuptime.streams.search.author;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.serialization.UnionSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What an author is told. */
public sealed interface AuthorChange {
  /** Flink's type of these messages. */
  TypeInformation<AuthorChange> TYPE = ValueType.of(AuthorChange.class, new Serializer());

  /** The user who is told. */
  Id author();

  /**
   * The user has become the author of a document; answered by a snapshot.
   *
   * @param asOf version of the row that says so
   */
  record Wrote(Id author, DocumentKey document, RowVersion asOf) implements AuthorChange {}

  /** The user is no longer the author of a document, which is another's or gone. */
  record Left(Id author, DocumentKey document) implements AuthorChange {}

  /** The user's row has changed. */
  record Changed(AuthorRow row) implements AuthorChange {
    @Override
    public Id author() {
      return row.author();
    }
  }

  /** Layout between subtasks; state never keeps it. */
  final class Serializer extends UnionSerializer<AuthorChange> {
    public Serializer() {
      super("message to an author", Changed.class, Wrote.class, Left.class);
    }
  }
}
