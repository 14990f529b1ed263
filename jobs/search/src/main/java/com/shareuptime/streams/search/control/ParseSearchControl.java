package com.shareuptime.streams.search.control;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.control.ControlMessage;
import com.shareuptime.streams.contract.control.ControlMessage.Fill;
import com.shareuptime.streams.contract.control.ControlMessage.FillAuthor;
import com.shareuptime.streams.contract.control.ControlMessage.FillDocument;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.SearchMode;
import com.shareuptime.streams.search.author.AuthorChange;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.document.DocumentRow;
import com.shareuptime.streams.search.row.ParseDocumentRow;
import com.shareuptime.streams.source.ControlFunction;
import com.shareuptime.streams.source.Reading;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads which documents are to be written again, and rows that reconcile has read from the tables.
 */
public final class ParseSearchControl extends ControlFunction<DocumentInput> {
  private static final long serialVersionUID = 1L;

  private final EnumSet<DocumentType> types;
  private final SearchMode mode;

  /**
   * @param job whose messages are read
   * @param types of the documents that it has
   * @param mode of what it makes them: what it does not make of rows, no row fills
   */
  public ParseSearchControl(String job, Set<DocumentType> types, SearchMode mode, IdKinds kinds) {
    super(job, kinds);
    this.types = EnumSet.copyOf(types);
    this.mode = mode;
  }

  @Override
  protected void act(ControlMessage message, Reading<DocumentInput> reading) {
    if (message instanceof ControlMessage.Refresh refresh) {
      DocumentKey key = key(refresh.target());
      if (types.contains(key.type())) {
        reading.collect(new DocumentInput.Refresh(key));
      }
    } else if (message instanceof FillAuthor row) {
      reading.output(ParseDocumentRow.AUTHORS, new AuthorChange.Changed(author(row)));
    } else if (message instanceof FillDocument row) {
      DocumentRow document = document(row);
      DocumentType type = document.document().type();
      if (types.contains(type) && mode.usesRows(type)) {
        ParseDocumentRow.document(document, reading);
      }
    }
  }

  private static DocumentKey key(Target target) {
    return new DocumentKey(DocumentType.ofTarget(target.type().label()), target.id());
  }

  private static DocumentRow document(FillDocument row) {
    return new DocumentRow(
        key(row.target()),
        version(row),
        true,
        row.deleted(),
        row.author(),
        row.text(),
        row.visibility(),
        row.createdAt(),
        row.updatedAt(),
        System.currentTimeMillis());
  }

  private static AuthorRow author(FillAuthor row) {
    return new AuthorRow(
        row.id(),
        version(row),
        row.active(),
        row.username(),
        row.displayName(),
        row.avatarUrl(),
        row.verified(),
        row.isPrivate());
  }

  private static RowVersion version(Fill row) {
    return RowVersion.parse(row.version().getBytes(StandardCharsets.US_ASCII));
  }
}
