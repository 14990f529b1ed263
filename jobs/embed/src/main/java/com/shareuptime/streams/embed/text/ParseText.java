package com.shareuptime.streams.embed.text;

import static com.shareuptime.streams.cdc.RowReader.positive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowReader;
import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.source.Reading;
import com.shareuptime.streams.source.RowFunction;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;

/** Cdc records of posts and reels to their texts; what cannot be read leaves by a side output. */
public final class ParseText extends RowFunction<TextRow> {
  private static final long serialVersionUID = 1L;

  private final IdKinds kinds;

  private transient RowReader row;
  private transient RowReader.Columns columns;
  private transient IdKind kind;
  private transient Id id;
  private transient String text;

  /**
   * @param job named in dead letters
   */
  public ParseText(String job, IdKinds kinds) {
    super(job);
    this.kinds = kinds;
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    row = new RowReader();
    columns = this::take;
  }

  @Override
  protected void read(CdcRecord record, Reading<TextRow> reading) throws IOException {
    Target.Type target;
    if (record.table().equals(CdcTable.POSTS)) {
      target = Target.Type.POST;
    } else if (record.table().equals(CdcTable.REELS)) {
      target = Target.Type.REEL;
    } else {
      throw unexpected(record.table());
    }
    kind = kinds.of(target);
    id = null;
    text = null;
    row.read(record, columns);
    boolean exists = row.exists();
    if (exists && text == null) {
      throw new IOException("the row has no text");
    }
    reading.collect(
        new TextRow(
            target.label(),
            positive(id),
            record.version(),
            exists,
            exists ? Unlogged.or(row.text(text), null) : null,
            row.committedAt()));
  }

  private void take(String column, JsonParser json) throws IOException {
    switch (column) {
      case "id" -> id = kind.read(json);
      case "content", "caption" ->
          text = json.currentToken() == JsonToken.VALUE_NULL ? null : json.getText();
      default -> {}
    }
  }
}
